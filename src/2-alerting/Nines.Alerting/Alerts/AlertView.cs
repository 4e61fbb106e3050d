using System.Collections.Immutable;
using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>An alert as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fingerprint">Alertmanager's own, over its labels.</param>
/// <param name="State"><c>firing</c>, <c>inhibited</c>, <c>muted</c>, <c>silenced</c> or <c>resolved</c>.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it fires.</param>
/// <param name="Source">Who found it.</param>
/// <param name="Route">Which route took it.</param>
/// <param name="Group">Which group it travels in.</param>
/// <param name="Thread">The thread of notifications in which it was told; empty before.</param>
/// <param name="SilencedBy">The silence that holds it back now; empty for none.</param>
/// <param name="Reopened">How often it opened again.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Annotations">Runbook and links.</param>
/// <param name="Trail">What each stage said; only where one alert is shown.</param>
/// <param name="InhibitedBy">The alert that holds it back; empty for none.</param>
/// <param name="MutedBy">The mute time or maintenance that holds it back; empty for none.</param>
/// <param name="AcknowledgedBy">Who is at it; empty for nobody.</param>
/// <param name="AcknowledgedAt">Since when.</param>
public sealed record AlertView(
    string Id, string Fingerprint, string State, AlertSeverity Severity, string Service, string Title, string Reason, Instant StartedAt,
    Instant? EndedAt, string Source, string Route, string Group, string Thread, string SilencedBy, int Reopened, AlertLabels Labels,
    ImmutableSortedDictionary<string, string> Annotations, IReadOnlyList<Verdict>? Trail = null,
    string InhibitedBy = "", string MutedBy = "", string AcknowledgedBy = "", Instant? AcknowledgedAt = null)
{
    /// <summary>The view of an alert at <paramref name="now"/>.</summary>
    public static AlertView Of(Alert alert, SilenceBook silences, Instant now, bool trail = false)
    {
        var silence = alert.Firing ? silences.Holding(alert.Labels, now) : null;
        var state = !alert.Firing ? "resolved" : alert.InhibitedBy.Length > 0 ? "inhibited" : alert.MutedBy.Length > 0 ? "muted" : silence is null ? "firing" : "silenced";
        return new(
            alert.Id, alert.Labels.Fingerprint, state, Alerts.Route.SeverityOf(alert.Route, alert.Severity), alert.Service, alert.Title, alert.Reason, alert.StartedAt, alert.EndedAt,
            alert.Source, alert.Route, alert.Group, alert.Thread, silence?.Id ?? "", alert.Reopened, alert.Labels, alert.Annotations,
            trail ? alert.Trail : null, alert.Firing ? alert.InhibitedBy : "", alert.Firing ? alert.MutedBy : "", alert.AcknowledgedBy, alert.AcknowledgedAt);
    }

    /// <summary>All alerts, those that fire first, then the loudest, then the newest.</summary>
    public static IReadOnlyList<AlertView> All(AlertBook book, SilenceBook silences, Instant now) =>
        [.. book.All.Values.Select(a => Of(a, silences, now)).OrderBy(v => v.EndedAt is not null).ThenBy(v => v.Severity).ThenByDescending(v => v.EndedAt ?? v.StartedAt).ThenBy(v => v.Id, StringComparer.Ordinal)];
}
