using NodaTime;
using NodaTime.Text;

namespace Nines.Alerting.Alerts;

/// <summary>What holds an alert back at this time.</summary>
/// <param name="By"><c>interval/NAME</c>, <c>outside/NAMES</c> or <c>maintenance/NAME</c>; empty for nothing.</param>
/// <param name="Until">When to judge again.</param>
public readonly record struct Muting(string By, Instant Until)
{
    /// <summary>Nothing holds it back.</summary>
    public static Muting None { get; } = new("", Instant.MaxValue);
}

/// <summary>Fifth stage, judged when the group is flushed: is this a time at which it is not told?</summary>
public static class MuteStage
{
    // An interval that holds for longer is asked again then; nothing is lost by asking.
    private static readonly Duration FarAhead = Duration.FromDays(7);

    private const int MostEdges = 200;

    /// <summary>True where the stage has anything to say about alerts of a route.</summary>
    public static bool Concerns(RouteTable routes, Route route) => route.Mute.Count > 0 || route.Active.Count > 0 || routes.Maintenance.Count > 0;

    /// <summary>What holds it back, with the verdict.</summary>
    public static (Muting Muting, Verdict Verdict) Judge(RouteTable routes, Route route, Alert alert, Instant now)
    {
        foreach (var window in routes.Maintenance)
            if (window.Holds(alert, now))
                return (new("maintenance/" + window.Name, window.Until), new(now, Stage.Mute, "muted",
                    $"The maintenance {window.Name} of {window.Owner} lasts until {Text(window.Until)}{(window.Reason.Length > 0 ? $": {window.Reason}" : ".")}"));
        var by = Holding(routes, route, now);
        if (by.Length == 0) return (Muting.None, new(now, Stage.Mute, "passed", "No mute time and no maintenance holds it back."));
        var until = EndOf(routes, route, now);
        var words = by.StartsWith("interval/", StringComparison.Ordinal) ? $"The mute time {by[9..]} holds" : $"The branch tells only during {by[8..]}, which is not now";
        return (new(by, until), new(now, Stage.Mute, "muted", $"{words}; it is judged again at {Text(until)}."));
    }

    private static string Holding(RouteTable routes, Route route, Instant at)
    {
        foreach (var name in route.Mute)
            if (Holds(routes, name, at)) return "interval/" + name;
        if (route.Active.Count == 0) return "";
        foreach (var name in route.Active)
            if (Holds(routes, name, at)) return "";
        return "outside/" + string.Join(", ", route.Active);
    }

    private static bool Holds(RouteTable routes, string name, Instant at) => routes.Spec.Intervals.TryGetValue(name, out var all) && all.Any(i => i.Holds(at));

    private static Instant EndOf(RouteTable routes, Route route, Instant now)
    {
        TimeInterval[] all = [.. route.Mute.Concat(route.Active).SelectMany(n => routes.Spec.Intervals.GetValueOrDefault(n) ?? [])];
        var at = now;
        for (var i = 0; i < MostEdges && at < now + FarAhead && all.Length > 0; i++)
        {
            at = all.Min(t => t.NextEdge(at));
            if (Holding(routes, route, at).Length == 0) return at;
        }

        return Instant.Min(at > now ? at : now + FarAhead, now + FarAhead);
    }

    private static string Text(Instant at) => InstantPattern.General.Format(at);
}
