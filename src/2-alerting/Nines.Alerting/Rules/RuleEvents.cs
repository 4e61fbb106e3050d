using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>A rule's condition holds for its whole time.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Signal">What it watches.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Since">When the condition began to hold.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Baseline">What it was compared with.</param>
/// <param name="Reason">The arithmetic.</param>
[EventType("rules.fired.v1")]
public sealed record RuleFired(
    string Rule, string Service, GoldenSignal Signal, AlertSeverity Severity, Instant Since, double Value, double Baseline, string Reason);

/// <summary>It no longer holds, or the rule is gone.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Service">Whose users felt it.</param>
/// <param name="Signal">What it watches.</param>
/// <param name="Severity">How loud it was.</param>
/// <param name="At">When.</param>
/// <param name="Reason">The arithmetic, or why it is gone.</param>
[EventType("rules.ended.v1")]
public sealed record RuleEnded(string Rule, string Service, GoldenSignal Signal, AlertSeverity Severity, Instant At, string Reason);

/// <summary>An hour was learnt: part of what is usual from now on.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Hour">Hours since 1970, in UTC.</param>
/// <param name="Value">Median of its minutes.</param>
[EventType("rules.hour-learnt.v1")]
public sealed record RuleHourLearnt(string Rule, long Hour, double Value);
