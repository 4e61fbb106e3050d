using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>What inhibit, mute and silence said about an alert; the first that holds it back ends the questions.</summary>
/// <param name="Word"><c>inhibited</c>, <c>muted</c> or <c>silenced</c>; empty where nothing holds it back.</param>
/// <param name="InhibitedBy">The alert that does.</param>
/// <param name="MutedBy">The interval or maintenance that does.</param>
/// <param name="SilencedBy">The silence that does.</param>
/// <param name="Until">When to judge it again in any case; null where news will.</param>
/// <param name="Verdicts">For the trail.</param>
internal sealed record HeldBack(string Word, string InhibitedBy, string MutedBy, string SilencedBy, Instant? Until, IReadOnlyList<Verdict> Verdicts)
{
    public bool SameAs(Alert alert) => alert.InhibitedBy == InhibitedBy && alert.MutedBy == MutedBy && alert.SilencedBy == SilencedBy;

    public static HeldBack Judge(AlertBook book, SilenceBook silences, RouteTable routes, Route route, Alert alert, Instant now)
    {
        var verdicts = new List<Verdict>(3);
        if (InhibitStage.Concerns(routes) && alert.Firing)
        {
            var (by, verdict) = InhibitStage.Judge(book, routes, alert, now);
            verdicts.Add(verdict);
            if (by is not null) return new("inhibited", by.Id, "", "", routes.Dependencies is null ? null : now + InhibitStage.Recheck, verdicts);
        }

        if (MuteStage.Concerns(routes, route) && alert.Firing)
        {
            var (muting, verdict) = MuteStage.Judge(routes, route, alert, now);
            verdicts.Add(verdict);
            if (muting.By.Length > 0) return new("muted", "", muting.By, "", muting.Until, verdicts);
        }

        var (silence, silenced) = SilenceStage.Judge(silences, alert.Labels, now);
        verdicts.Add(silenced);
        return new(silence is null ? "" : "silenced", "", "", silence?.Id ?? "", null, verdicts);
    }
}
