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
/// <param name="Bounds">What ends it earlier, in words; empty for its time alone.</param>
/// <param name="EndReason">Why it ended; empty before.</param>
public sealed record SilenceView(
    string Id, string State, IReadOnlyList<string> Matchers, Instant StartsAt, Instant EndsAt, string Owner, string Comment, int Holds, string Bounds = "",
    string EndReason = "")
{
    /// <summary>All silences: those that hold, then those to come, then the last that ended.</summary>
    public static IReadOnlyList<SilenceView> All(SilenceBook book, AlertBook alerts, Instant now) =>
    [
        .. book.Open.Values.OrderBy(s => !s.ActiveAt(now)).ThenBy(s => s.EndsAt).Select(s => Of(s, s.ActiveAt(now) ? "active" : "pending", alerts)),
        .. book.Ended.Reverse().Select(s => Of(s, "ended", AlertBook.None)),
    ];

    private static SilenceView Of(Silence s, string state, AlertBook alerts) => new(
        s.Id, state, [.. s.Matchers.Select(m => m.ToString())], s.StartsAt, s.EndsAt, s.Owner, s.Comment,
        state == "active" ? alerts.All.Values.Count(a => a.Firing && s.Matches(a.Labels)) : 0, Words(s.Bounds), s.EndReason);

    private static string Words(SilenceBounds? bounds)
    {
        if (bounds is null) return "";
        var parts = new List<string>();
        if (bounds.UntilResolved) parts.Add("ends once nothing of it fires");
        if (bounds.MaxAlerts is { } alerts) parts.Add($"breaks above {alerts} {(alerts == 1 ? "alert" : "alerts")}");
        if (bounds.MaxBudget is { } share)
            parts.Add($"breaks when {string.Join(" or ", bounds.Budgets.Keys)} loses more than {(share * 100).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} % of its budget");
        return string.Join(", ", parts);
    }
}
