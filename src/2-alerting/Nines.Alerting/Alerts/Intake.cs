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
    public static IReadOnlyList<(StreamName Stream, object Event)> Report(AlertBook book, RouteTable routes, Incoming incoming, Instant now, Func<string> newId) =>
        Take(book, routes, [new(incoming)], now, newId).Events;

    /// <summary>What a call brings: one entry for all that fires and did not, one for each that is over.</summary>
    /// <param name="book">The newest state.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="received">What was received.</param>
    /// <param name="now">When.</param>
    /// <param name="newId">Makes ids of new alerts.</param>
    /// <returns>The events, and what became of each received alert, in its order.</returns>
    public static (IReadOnlyList<(StreamName Stream, object Event)> Events, IReadOnlyList<TakenAlert> Taken) Take(
        AlertBook book, RouteTable routes, IReadOnlyList<ReceivedAlert> received, Instant now, Func<string> newId)
    {
        var call = new IntakeCall(book, routes, now, newId);
        var one = IntakeCall.Collapse(received, now, out var placeOf);
        var taken = new TakenAlert[one.Count];
        for (var i = 0; i < taken.Length; i++) taken[i] = call.Take(one[i]);
        return (call.Events, placeOf is null ? taken : [.. placeOf.Select(place => taken[place])]);
    }

    /// <summary>A further route of an alert, beside its first.</summary>
    internal static AlertRouted Further(AlertBook book, string id, Route route, in RouteFacts facts, Instant now)
    {
        var (key, flushAt, grouped) = GroupStage.Judge(book, route, facts, now);
        return new(id, route.Name, key, flushAt, [RouteStage.Say(route, now), grouped], Also: true);
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
        if (book.Find(labels.Number) is not { Firing: true } alert) return null;
        Instant? flushAt = book.Groups.TryGetValue(alert.Group, out var group) ? GroupStage.Next(group, routes.Named(alert.Route), now) : null;
        return (StreamOf(alert.Id), new(alert.Id, endedAt, reason, flushAt));
    }

    /// <summary>The journal's stream of what whole calls brought.</summary>
    public static StreamName Calls { get; } = new("alerts", "taken");

    /// <summary>The journal's stream of ends and renewals.</summary>
    public static StreamName Ends { get; } = new("alerts", "ends");

    /// <summary>The journal's stream of an alert.</summary>
    public static StreamName StreamOf(string alert) => new("alert", alert);
}
