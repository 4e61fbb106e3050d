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
        var (flushAt, place) = Place(book, route, key, now);
        return (key, flushAt, new Verdict(now, Stage.Group, "joined", Words(route, place)).About(facts.Labels, key));
    }

    /// <summary>When the group of a key is judged, and how an alert comes into it.</summary>
    internal static (Instant FlushAt, GroupPlace Place) Place(AlertBook book, Route route, string key, Instant now)
    {
        if (!book.Groups.TryGetValue(key, out var group)) return (now + route.Wait, GroupPlace.Opens);
        return group.FlushedAt is null ? (Instant.Min(group.FlushAt ?? Instant.MaxValue, now + route.Wait), GroupPlace.Waits) : (Next(group, route, now), GroupPlace.Speaks);
    }

    /// <summary>How it came into its group, in words that all alerts of one route share.</summary>
    internal static string Words(Route route, GroupPlace place) => place switch
    {
        GroupPlace.Opens => $"It opens the group {Verdict.Group}, which waits {FieldDuration.Format(route.Wait)} for company.",
        GroupPlace.Waits => $"It joins the group {Verdict.Group}, which is still waiting for company.",
        _ => $"It joins the group {Verdict.Group}, which speaks at most every {FieldDuration.Format(route.Interval)}.",
    };

    /// <summary>
    /// When a group that has news may speak: now, but not before its interval is over. One that spoke later than now, because
    /// the clock was set back since, waits one interval and not until then.
    /// </summary>
    public static Instant Next(AlertGroup group, Route route, Instant now)
    {
        var earliest = group.FlushedAt is { } flushed ? Instant.Max(now, Instant.Min(flushed, now) + route.Interval) : now;
        return group.FlushAt is { } planned ? Instant.Min(planned, earliest) : earliest;
    }
}

/// <summary>How an alert comes into its group.</summary>
internal enum GroupPlace
{
    /// <summary>It is the first.</summary>
    Opens,

    /// <summary>The group has not spoken yet.</summary>
    Waits,

    /// <summary>The group has spoken.</summary>
    Speaks,
}
