using System.Globalization;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.IncidentMetrics;

/// <summary>
/// Means, medians and ninetieth percentiles of the named clocks (semantics.md 9): drills and duplicates are left out,
/// negative differences are counted and left out. Pure.
/// </summary>
public static class MetricRule
{
    /// <summary>How incidents can be grouped.</summary>
    public static IReadOnlyList<string> Groupings { get; } = ["all", "service", "severity", "month"];

    /// <summary>An incident is a repeat where one alike was detected so shortly before.</summary>
    public static readonly Duration RepeatsWithin = Duration.FromDays(30);

    // Half of its services and of its title's words are shared.
    private const double Alike = 0.5;

    // Seed 001: detection under 5 min, response under 15 min, resolution under 2 h. Seed 003, phase 10: acknowledged within 5 min, mitigated within 30.
    private static readonly (string Key, string Name, string Means, Func<IncidentClocks, Duration?> Of, Duration? Target)[] Clocks =
    [
        ("detect", "Time to detect (MTTD)", "from the first minute that users felt it to its detection", c => c.ToDetect, Duration.FromMinutes(5)),
        ("acknowledge", "Time to acknowledge (MTTA)", "from the first page to somebody who has it", c => c.ToAcknowledge, Duration.FromMinutes(5)),
        ("respond", "Time to respond", "from its detection to the first role taken", c => c.ToRespond, Duration.FromMinutes(15)),
        ("mitigate", "Time to mitigate (MTTM)", "from its detection until somebody said that users feel it no more", c => c.ToMitigate, Duration.FromMinutes(30)),
        ("restore", "Time to restore (MTTR)", "from the first minute that users felt it to the last", c => c.ToRestore, null),
        ("resolve", "Time to resolve", "from its detection until it was over", c => c.ToResolve, Duration.FromHours(2)),
    ];

    /// <summary>The figures of incidents that were detected in a stretch of time.</summary>
    /// <param name="all">Every incident that is kept.</param>
    /// <param name="by">One of <see cref="Groupings"/>.</param>
    /// <param name="from">Since when.</param>
    /// <param name="until">Until when.</param>
    public static MetricReport Of(IReadOnlyCollection<IncidentView> all, string by, Instant from, Instant until)
    {
        IncidentView[] within = [.. all.Where(i => i.Clocks.Detected >= from && i.Clocks.Detected < until)];
        IncidentView[] real = [.. all.Where(i => !i.Drill && i.State != "merged").OrderBy(i => i.Clocks.Detected)];
        IncidentView[] counted = [.. real.Where(i => i.Clocks.Detected >= from && i.Clocks.Detected < until)];
        var repeats = Repeats(real);
        var groups = new List<MetricGroup> { Group("all", counted, repeats) };
        if (by != "all")
            groups.AddRange(counted.SelectMany(i => KeysOf(i, by).Select(k => (Key: k, Incident: i))).GroupBy(p => p.Key, p => p.Incident, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Group(g.Key, [.. g], repeats)));
        return new(by, from, until, within.Count(i => i.Drill), within.Count(i => !i.Drill && i.State == "merged"), counted.Sum(i => Clocks.Count(c => c.Of(i.Clocks) < Duration.Zero)), groups);
    }

    private static IEnumerable<string> KeysOf(IncidentView incident, string by) => by switch
    {
        // An incident of two services is one of each.
        "service" => incident.Services.Count > 0 ? incident.Services : ["no service"],
        "severity" => [incident.Severity],
        _ => [incident.Clocks.Detected.ToString("yyyy-MM", CultureInfo.InvariantCulture)],
    };

    /// <summary>Which of some incidents, in the order of their detection, are repeats, by id.</summary>
    private static HashSet<string> Repeats(IncidentView[] real)
    {
        string[][] words = [.. real.Select(i => SuspectRule.Words(i.Title))];
        var repeats = new HashSet<string>(StringComparer.Ordinal);
        for (var (i, first) = (0, 0); i < real.Length; i++)
        {
            var at = real[i].Clocks.Detected;
            while (at - real[first].Clocks.Detected > RepeatsWithin) first++;
            for (var o = first; o < i && real[o].Clocks.Detected < at; o++)
                if (SuspectRule.LikenessOf(real[i].Services, words[i], real[o].Services, words[o]) >= Alike && repeats.Add(real[i].Id)) break;
        }

        return repeats;
    }

    private static MetricGroup Group(string name, IncidentView[] incidents, HashSet<string> alike)
    {
        var repeats = incidents.Count(i => alike.Contains(i.Id));
        var rows = Clocks.Select(c => Row(c.Key, c.Name, c.Means, incidents.Select(i => c.Of(i.Clocks)), c.Target)).ToList();
        rows.Add(Row("between", "Time between incidents (MTBF)", "from one detection to the next", incidents.Zip(incidents.Skip(1), (a, b) => (Duration?)(b.Clocks.Detected - a.Clocks.Detected)), null));
        return new(name, incidents.Length, repeats, incidents.Length == 0 ? null : (double)repeats / incidents.Length, rows);
    }

    private static MetricRow Row(string key, string name, string means, IEnumerable<Duration?> all, Duration? target)
    {
        Duration[] known = [.. all.OfType<Duration>().Where(d => d >= Duration.Zero).Order()];
        return known.Length == 0 ? new(key, name, means, 0, null, null, null, target)
            : new(key, name, means, known.Length, Duration.FromMilliseconds(known.Average(d => d.TotalMilliseconds)), Percentile(known, 0.5), Percentile(known, 0.9), target);
    }

    // The nearest rank: a figure that really was.
    private static Duration Percentile(Duration[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
