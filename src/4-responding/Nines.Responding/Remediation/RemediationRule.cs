using System.Globalization;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>How much a rule may do by itself.</summary>
public enum RemedyLevel
{
    /// <summary>It says what it would do.</summary>
    Suggest,

    /// <summary>It asks whoever looks at the alert, the page or the incident.</summary>
    Approve,

    /// <summary>It does it.</summary>
    Automatic,
}

/// <summary>When a rule gives up and calls somebody.</summary>
/// <param name="Attempts">After so many tries that did not help.</param>
/// <param name="AgainWithin">Where the alert is back so soon after a try that helped; null for never.</param>
public sealed record RemedyEscalation(int Attempts, Duration? AgainWithin);

/// <summary>How much a rule may do at all.</summary>
/// <param name="PerHour">Tries within an hour.</param>
/// <param name="AtOnce">Tries whose end is still awaited.</param>
/// <param name="Targets">Different targets within an hour: the radius.</param>
/// <param name="CoolDown">Between two tries on one target.</param>
public sealed record RemedyLimits(int PerHour, int AtOnce, int Targets, Duration CoolDown);

/// <summary>A rule that mends a symptom (seed 003, phase 12: trigger, condition, action, escalate_if, limits).</summary>
public sealed record RemediationRule
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it mends.</summary>
    public required string Title { get; init; }

    /// <summary>Names of the alerts that trigger it; none for any.</summary>
    public IReadOnlyList<string> AlertNames { get; init; } = [];

    /// <summary>Labels that the alert must have.</summary>
    public IReadOnlyList<Matcher> Matchers { get; init; } = [];

    /// <summary>Services whose alerts trigger it; none for any.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How long the alert must fire.</summary>
    public Duration For { get; init; } = Duration.Zero;

    /// <summary>A question whose answer must be as expected; null for none.</summary>
    public QueryAction? Query { get; init; }

    /// <summary>A label or annotation of the alert that is compared; null for none.</summary>
    public LabelCondition? Label { get; init; }

    /// <summary>What is done; nothing where <see cref="Runbook"/> says it.</summary>
    public required RunnerAction Action { get; init; }

    /// <summary>The option of a runbook whose steps are done; null where <see cref="Action"/> says it.</summary>
    public RunbookChoice? Runbook { get; init; }

    /// <summary>The label that names the target; empty for the service, or the alert itself.</summary>
    public string TargetLabel { get; init; } = "";

    /// <summary>When it gives up.</summary>
    public required RemedyEscalation Escalation { get; init; }

    /// <summary>How much it may do.</summary>
    public required RemedyLimits Limits { get; init; }

    /// <summary>It helped where the alert is over so soon afterwards.</summary>
    public Duration SuccessWithin { get; init; } = Duration.FromMinutes(15);

    /// <summary>The most that it may ever do by itself.</summary>
    public RemedyLevel Ceiling { get; init; }

    /// <summary>True where an alert triggers it.</summary>
    public bool Fits(Alert alert) =>
        (AlertNames.Count == 0 || AlertNames.Contains(alert.Labels["alertname"], StringComparer.Ordinal)) && Matchers.All(m => m.Matches(alert.Labels))
        && (Services.Count == 0 || Services.Contains(alert.Service, StringComparer.Ordinal));

    /// <summary>What it would work on.</summary>
    public string TargetOf(Alert alert) => TargetLabel.Length > 0 && alert.Labels[TargetLabel] is { Length: > 0 } named ? named : alert.Service.Length > 0 ? alert.Service : alert.Labels.Fingerprint;
}

/// <summary>A label or annotation of the alert, read as a number and compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Comparison">How.</param>
/// <param name="Limit">With what.</param>
public sealed record LabelCondition(string Name, QueryComparison Comparison, double Limit)
{
    /// <summary>Whether it holds, with the arithmetic; null where the value is no number.</summary>
    public (bool Holds, string Words)? Judge(Alert alert)
    {
        var text = alert.Labels[Name] is { Length: > 0 } label ? label : alert.Annotations.GetValueOrDefault(Name, "");
        if (!double.TryParse(text.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return null;
        var compared = new QueryAction(Comparison, Limit);
        return (compared.Holds(value), $"{Name} is {value.ToString("0.######", CultureInfo.InvariantCulture)}, {(compared.Holds(value) ? "" : "not ")}{compared.Compared}.");
    }
}
