using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Third stage: which alerts it travels with, and when they are judged together.</summary>
public static class GroupStage
{
    /// <summary>Places an alert in its group.</summary>
    public static (string Key, Instant FlushAt, Verdict Verdict) Judge(AlertBook book, Route route, in RouteFacts facts, Instant now)
    {
        var key = route.GroupKey(facts);
        if (!book.Groups.TryGetValue(key, out var group) || group.FlushedAt is not { } flushed)
        {
            var flush = group?.FlushAt ?? now + route.Wait;
            return (key, flush, Say("joined", group is null
                ? $"It opens the group {key}, which waits {FieldDuration.Format(route.Wait)} for company."
                : $"It joins the group {key}, which is still waiting for company."));
        }

        return (key, Next(group, route, now), Say("joined", $"It joins the group {key}, which speaks at most every {FieldDuration.Format(route.Interval)}."));

        Verdict Say(string outcome, string reason) => new(now, Stage.Group, outcome, reason);
    }

    /// <summary>When a group that has news may speak: now, but not before its interval is over.</summary>
    public static Instant Next(AlertGroup group, Route route, Instant now)
    {
        var earliest = group.FlushedAt is { } flushed ? Instant.Max(now, flushed + route.Interval) : now;
        return group.FlushAt is { } planned ? Instant.Min(planned, earliest) : earliest;
    }
}
