using Nines.Alerting.Alerts;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>An alert without a runbook.</summary>
/// <param name="Alert">Its name.</param>
/// <param name="Service">Its service; empty where nobody said.</param>
/// <param name="Pages">Pages about it in the last 30 days.</param>
/// <param name="LastAt">When it began last.</param>
/// <param name="Example">One of its alerts, by id.</param>
public sealed record RunbookGap(string Alert, string Service, int Pages, Instant LastAt, string Example);

/// <summary>Which alerts woke people who then found no runbook. Pure.</summary>
public static class RunbookGaps
{
    /// <summary>So far back it is looked.</summary>
    public static readonly Duration LooksBack = Duration.FromDays(30);

    /// <summary>Alerts without a runbook of the last 30 days, those that paged most first.</summary>
    public static IReadOnlyList<RunbookGap> Of(IReadOnlyCollection<Runbook> runbooks, AlertBook alerts, PageBook pages, Instant now)
    {
        var paged = pages.All.Values.Where(p => p.Severity == AlertSeverity.Page && p.OpenedAt >= now - LooksBack).SelectMany(p => p.Alerts.Select(a => (Page: p.Id, Alert: alerts.All.GetValueOrDefault(a))))
            .Where(p => p.Alert is not null).GroupBy(p => (p.Alert!.Labels["alertname"], p.Alert.Service)).ToDictionary(g => g.Key, g => g.Select(p => p.Page).Distinct(StringComparer.Ordinal).Count());
        return
        [
            .. alerts.All.Values.Where(a => a.StartedAt >= now - LooksBack && a.Severity != AlertSeverity.Log && !a.Annotations.ContainsKey("runbook") && RunbookFit.For(runbooks, a.Labels, a.Service).Count == 0)
                .GroupBy(a => (Name: a.Labels["alertname"], a.Service)).Select(g => (g.Key, Newest: g.MaxBy(a => a.StartedAt)!))
                .Select(g => new RunbookGap(g.Key.Name, g.Key.Service, paged.GetValueOrDefault((g.Key.Name, g.Key.Service)), g.Newest.StartedAt, g.Newest.Id))
                .OrderByDescending(g => g.Pages).ThenByDescending(g => g.LastAt).ThenBy(g => g.Alert, StringComparer.Ordinal),
        ];
    }
}
