using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The pipeline's first half, the same for every door: dedup, route, group. What it answers is written in one commit
/// with whatever reported the alert, so that nothing accepted can be lost.
/// </summary>
public static class Intake
{
    /// <summary>The events that a report leads to; none where the alert is known.</summary>
    /// <param name="book">The newest state.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="incoming">What was reported.</param>
    /// <param name="now">When.</param>
    /// <param name="newId">Makes the id of a new alert.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Report(AlertBook book, RouteTable routes, Incoming incoming, Instant now, Func<string> newId)
    {
        var (outcome, known, deduped) = DedupStage.Judge(book, incoming, now);
        if (outcome == DedupOutcome.Known) return [];
        var id = known?.Id ?? newId();
        var (route, routed) = RouteStage.Judge(routes, incoming.Severity, now);
        var (key, flushAt, grouped) = GroupStage.Judge(book, route, incoming.Labels, now);
        object first = outcome == DedupOutcome.Reopened
            ? new AlertReopened(id, incoming.Reason)
            : new AlertRaised(id, incoming.Labels, incoming.Severity, incoming.Source, incoming.Service, incoming.Title, incoming.Reason, incoming.StartedAt, incoming.Annotations);
        var stream = StreamOf(id);
        return [(stream, first), (stream, new AlertRouted(id, route.Name, key, flushAt, [deduped, routed, grouped]))];
    }

    /// <summary>The event of an end; null where no such alert fires.</summary>
    /// <param name="book">The newest state.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="labels">What identifies it.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When this is decided.</param>
    public static (StreamName Stream, AlertResolved Event)? End(
        AlertBook book, RouteTable routes, AlertLabels labels, Instant endedAt, string reason, Instant now)
    {
        if (book.Find(labels.Fingerprint) is not { Firing: true } alert) return null;
        Instant? flushAt = book.Groups.TryGetValue(alert.Group, out var group) ? GroupStage.Next(group, routes.Named(alert.Route), now) : null;
        return (StreamOf(alert.Id), new(alert.Id, endedAt, reason, flushAt));
    }

    /// <summary>The journal's stream of an alert.</summary>
    public static StreamName StreamOf(string alert) => new("alert", alert);
}
