using Nines.Shell.Charts;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>Turns a service's burn of the last day and its alerts into one lane.</summary>
internal static class DayLanes
{
    private const long DayMs = 86_400_000;

    public static DayLane Of(ServiceView service, long nowMs)
    {
        var stretches = new List<Stretch>();
        foreach (var o in service.Objectives) stretches.AddRange(Burning(o, nowMs));
        stretches.AddRange(Silent(service, nowMs));
        foreach (var alert in service.Objectives.SelectMany(o => o.Alerts.Where(a => !a.Held)))
        {
            var from = alert.Since.ToUnixTimeMilliseconds();
            var to = alert.Firing ? nowMs : alert.Until?.ToUnixTimeMilliseconds() ?? nowMs;
            if (to > nowMs - DayMs) stretches.Add(new(from, to, LaneKind.Alert, alert.Page ? "page" : "ticket"));
        }
        return new(service.Title, Words(stretches), stretches, [], Began(service, nowMs));
    }

    // Before the first value of its oldest objective a service was not measured: that is neither healthy nor silent.
    private static long? Began(ServiceView service, long nowMs)
    {
        var first = service.Objectives.Where(o => o.Day.Count > 0).Select(o => (At: o.Day.TakeWhile(double.IsNaN).Count(), o.Day.Count)).Select(f => nowMs - DayMs + (DayMs / f.Count * f.At)).DefaultIfEmpty(nowMs - DayMs).Min();
        return first > nowMs - DayMs ? Math.Min(first, nowMs) : null;
    }

    private static IEnumerable<Stretch> Burning(ObjectiveView o, long nowMs) => Runs(o, nowMs, v => v > 1).Select(r => new Stretch(r.From, r.To, LaneKind.OverOne, $"{o.Label} over 1×"));

    // Silent is a service whose every objective is: one quiet indicator is not a silent service.
    private static IEnumerable<Stretch> Silent(ServiceView service, long nowMs)
    {
        var (first, others) = (service.Objectives[0], service.Objectives.Skip(1).ToArray());
        foreach (var (from, to) in Runs(first, nowMs, double.IsNaN))
        {
            // Before its first value an objective is young, not silent.
            if (from <= nowMs - DayMs && to < nowMs) continue;
            if (others.All(o => Runs(o, nowMs, double.IsNaN).Any(r => r.From <= from && r.To >= to))) yield return new(from, to, LaneKind.NoData, "no data");
        }
    }

    private static IEnumerable<(long From, long To)> Runs(ObjectiveView o, long nowMs, Func<double, bool> wanted)
    {
        if (o.Day.Count == 0) yield break;
        var step = DayMs / o.Day.Count;
        long? open = null;
        for (var i = 0; i <= o.Day.Count; i++)
        {
            var at = nowMs - DayMs + (i * step);
            var yes = i < o.Day.Count && wanted(o.Day[i]);
            if (yes) open ??= at;
            else if (open is { } from)
            {
                yield return (from, at);
                open = null;
            }
        }
    }

    private static string Words(List<Stretch> stretches)
    {
        if (stretches.Count == 0) return "nothing to say";
        return string.Join("; ", stretches.GroupBy(s => s.Title).Select(g => g.Count() == 1 ? g.Key : $"{g.Key}, {g.Count()} times"));
    }
}
