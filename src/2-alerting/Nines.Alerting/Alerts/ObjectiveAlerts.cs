using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Measuring.Objectives;
using Nines.Shell.Components;

namespace Nines.Alerting.Alerts;

/// <summary>How news of the objectives reads as an alert: pure.</summary>
public static class ObjectiveAlerts
{
    /// <summary>The service under which Nines' own faults are told.</summary>
    public const string Nines = "nines";

    /// <summary>What identifies the alert of one objective and severity (semantics.md 4: one alert each).</summary>
    public static AlertLabels BurnLabels(string objective, string service, BurnSeverity severity) => AlertLabels.Of(
        ("alertname", "ErrorBudgetBurn"), ("objective", objective), ("service", service), ("severity", Severity(severity).Word()));

    /// <summary>What identifies the news that a budget fell through a threshold.</summary>
    public static AlertLabels CrossedLabels(string objective, string service, double threshold) => AlertLabels.Of(
        ("alertname", "ErrorBudgetCrossed"), ("objective", objective), ("service", service), ("severity", "ticket"), ("threshold", $"{threshold * 100:0} %"));

    /// <summary>What identifies the news that Nines cannot read an objective's source.</summary>
    public static AlertLabels OwnFaultLabels(string objective) =>
        AlertLabels.Of(("alertname", "NinesCannotRead"), ("objective", objective), ("service", Nines));

    /// <summary>A burn or absence alert.</summary>
    /// <param name="e">The news.</param>
    /// <param name="service">The catalog's entry; null where nobody wrote one.</param>
    /// <param name="impact">What users feel, in the objective's own words; empty where nobody wrote it.</param>
    public static Incoming Burn(BurnAlertFired e, Service? service, string impact = "") => new()
    {
        Labels = BurnLabels(e.Objective, e.Service, e.Severity),
        Severity = Severity(e.Severity),
        Source = "objectives",
        Service = e.Service,
        Title = e.Cause == AlertCause.Absence
            ? $"Nothing is heard of {e.Objective}"
            : $"{e.Objective} burns its error budget {Figures.Burn(e.Burn)} too fast",
        Reason = e.Reason,
        StartedAt = e.At,
        Annotations = Notes(service, "ErrorBudgetBurn", e.Objective, impact).Add("policy", e.Policy),
    };

    /// <summary>The same alert again.</summary>
    public static Incoming Reopened(BurnAlertReopened e, Service? service) => new()
    {
        Labels = BurnLabels(e.Objective, e.Service, e.Severity),
        Severity = Severity(e.Severity),
        Source = "objectives",
        Service = e.Service,
        Title = $"{e.Objective} burns its error budget again",
        Reason = e.Reason,
        StartedAt = e.At,
        Annotations = Notes(service, "ErrorBudgetBurn", e.Objective),
        Again = true,
    };

    /// <summary>A budget fell through a threshold: always told (semantics.md 5).</summary>
    public static Incoming Crossed(BudgetCrossed e, Service? service, string impact = "") => new()
    {
        Labels = CrossedLabels(e.Objective, e.Service, e.Threshold),
        Severity = AlertSeverity.Ticket,
        Source = "objectives",
        Service = e.Service,
        Title = e.Threshold > 0 ? $"{e.Objective} has less than {Figures.Percent(e.Threshold, 0)} of its error budget left" : $"{e.Objective} has used up its error budget",
        Reason = e.Reason,
        StartedAt = e.At,
        Annotations = Notes(service, "ErrorBudgetCrossed", e.Objective, impact),
    };

    /// <summary>Nines itself cannot read: that is told to whoever owns Nines (semantics.md 3c).</summary>
    public static Incoming OwnFault(AbsenceStarted e) => new()
    {
        Labels = OwnFaultLabels(e.Objective),
        Severity = Severity(e.Severity),
        Source = "objectives",
        Service = Nines,
        Title = $"Nines cannot read the source of {e.Objective}",
        Reason = e.Reason,
        StartedAt = e.Since,
        Annotations = Notes(null, "NinesCannotRead", e.Objective),
    };

    /// <summary>The runbook that a service names for an alert, or its default one.</summary>
    public static Uri? Runbook(Service? service, string alertName, string objective) => service is null
        ? null
        : service.Runbooks.GetValueOrDefault(objective) ?? service.Runbooks.GetValueOrDefault(alertName) ?? service.Runbooks.GetValueOrDefault("default");

    internal static AlertSeverity Severity(BurnSeverity severity) => severity == BurnSeverity.Page ? AlertSeverity.Page : AlertSeverity.Ticket;

    private static ImmutableSortedDictionary<string, string> Notes(Service? service, string alertName, string objective, string impact = "")
    {
        var notes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        notes["objective"] = $"/objectives/{Uri.EscapeDataString(objective)}";
        if (Runbook(service, alertName, objective) is { } runbook) notes["runbook"] = runbook.ToString();
        if (impact.Length > 0) notes["impact"] = impact;
        foreach (var (name, link) in service?.Links ?? new Dictionary<string, Uri>()) notes.TryAdd("link:" + name, link.ToString());
        return notes.ToImmutable();
    }
}
