using Nines.Alerting.Alerts;

namespace Nines.Responding.Runbooks;

/// <summary>Which runbooks fit an alert: all that a runbook says must hold, and the one that says most comes first. Pure.</summary>
public static class RunbookFit
{
    /// <summary>How much of a runbook's own words an alert fulfils; 0 where it does not fit.</summary>
    public static int Of(Runbook runbook, AlertLabels labels, string service)
    {
        var score = 0;
        if (runbook.AlertNames.Count > 0)
        {
            if (!runbook.AlertNames.Contains(labels["alertname"], StringComparer.Ordinal)) return 0;
            score += 4;
        }

        if (runbook.Matchers.Count > 0)
        {
            if (!runbook.Matchers.All(m => m.Matches(labels))) return 0;
            score += 2;
        }

        if (runbook.Services.Count == 0) return score;
        return runbook.Services.Contains(service.Length > 0 ? service : labels["service"], StringComparer.Ordinal) ? score + 1 : 0;
    }

    /// <summary>The runbooks that fit, the closest first.</summary>
    public static IReadOnlyList<Runbook> For(IEnumerable<Runbook> all, AlertLabels labels, string service) =>
        [.. all.Select(r => (Runbook: r, Score: Of(r, labels, service))).Where(f => f.Score > 0).OrderByDescending(f => f.Score).ThenBy(f => f.Runbook.Name, StringComparer.Ordinal).Select(f => f.Runbook)];

    /// <summary>The runbooks of some alerts and services: those that fit an alert first, then those of the services.</summary>
    public static IReadOnlyList<Runbook> For(IReadOnlyCollection<Runbook> all, IEnumerable<Alert> alerts, IReadOnlyCollection<string> services) =>
    [
        .. alerts.SelectMany(a => all.Select(r => (Runbook: r, Score: Of(r, a.Labels, a.Service))))
            .Concat(all.Select(r => (Runbook: r, Score: r.Services.Any(services.Contains) ? 1 : 0)))
            .Where(f => f.Score > 0).GroupBy(f => f.Runbook.Name, StringComparer.Ordinal).Select(g => g.MaxBy(f => f.Score))
            .OrderByDescending(f => f.Score).ThenBy(f => f.Runbook.Name, StringComparer.Ordinal).Select(f => f.Runbook),
    ];
}
