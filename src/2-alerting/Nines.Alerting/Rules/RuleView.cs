using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>A rule as doors show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">What it watches.</param>
/// <param name="Signal">Which golden signal.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Metric">Its selector.</param>
/// <param name="State"><c>firing</c> or <c>ok</c>.</param>
/// <param name="Since">Since when it fires; null while it is quiet.</param>
/// <param name="Reason">The arithmetic of its firing; empty while it is quiet.</param>
/// <param name="HoursLearnt">How many hours of what is usual are known.</param>
public sealed record RuleView(
    string Name, string Service, GoldenSignal Signal, AlertSeverity Severity, string Metric, string State, Instant? Since, string Reason, int HoursLearnt)
{
    /// <summary>The view of a rule.</summary>
    public static RuleView Of(AlertRule rule, RuleRecord record) => new(
        rule.Name, rule.Service, rule.Signal, rule.Severity, rule.Metric, record.Firing is null ? "ok" : "firing", record.Firing?.Since,
        record.Firing?.Reason ?? "", record.Learnt.Count);
}
