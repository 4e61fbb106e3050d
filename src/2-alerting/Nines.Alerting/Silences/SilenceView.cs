using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>A silence as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>pending</c>, <c>active</c> or <c>ended</c>.</param>
/// <param name="Matchers">As text.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Holds">How many alerts that fire it holds back now.</param>
public sealed record SilenceView(
    string Id, string State, IReadOnlyList<string> Matchers, Instant StartsAt, Instant EndsAt, string Owner, string Comment, int Holds)
{
    /// <summary>All silences: those that hold, then those to come, then the last that ended.</summary>
    public static IReadOnlyList<SilenceView> All(SilenceBook book, AlertBook alerts, Instant now) =>
    [
        .. book.Open.Values.OrderBy(s => !s.ActiveAt(now)).ThenBy(s => s.EndsAt).Select(s => Of(s, s.ActiveAt(now) ? "active" : "pending", alerts)),
        .. book.Ended.Reverse().Select(s => Of(s, "ended", AlertBook.None)),
    ];

    private static SilenceView Of(Silence s, string state, AlertBook alerts) => new(
        s.Id, state, [.. s.Matchers.Select(m => m.ToString())], s.StartsAt, s.EndsAt, s.Owner, s.Comment,
        state == "active" ? alerts.All.Values.Count(a => a.Firing && s.Matches(a.Labels)) : 0);
}
