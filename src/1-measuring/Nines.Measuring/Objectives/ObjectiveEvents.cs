using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Why an alert stands.</summary>
public enum AlertCause
{
    /// <summary>The budget burns.</summary>
    Burn,

    /// <summary>Nothing is heard.</summary>
    Absence,
}

/// <summary>Why an alert was held back.</summary>
public enum SuppressedBy
{
    /// <summary>Too few failures to wake somebody (semantics.md 5).</summary>
    MinFailures,

    /// <summary>The whole period's budget is under three events: the target is finer than the traffic.</summary>
    TinyBudget,

    /// <summary>The same objective pages already.</summary>
    Page,
}

/// <summary>Which of the three silences it is (semantics.md 3).</summary>
public enum AbsenceCause
{
    /// <summary>The source is silent.</summary>
    SourceSilent,

    /// <summary>Samples come, but nothing happens.</summary>
    NoEvents,

    /// <summary>Nines cannot read: its own fault.</summary>
    OwnFault,
}

/// <summary>An objective's alert of one severity began.</summary>
/// <param name="Alert">Id of the alert: objective, severity, first start.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Policy">The policy that asked for it.</param>
/// <param name="Cause">Burn or absence.</param>
/// <param name="At">When.</param>
/// <param name="Windows">The pair that holds, as <c>1h/5m</c>; empty for absence.</param>
/// <param name="Burn">Burn in the pair's long window.</param>
/// <param name="Remaining">Budget left.</param>
/// <param name="ReopenWithin">How long after its end it re-opens instead of firing anew.</param>
/// <param name="Reason">The arithmetic in one sentence.</param>
[EventType("objectives.burn-alert-fired.v1")]
public sealed record BurnAlertFired(
    string Alert, string Objective, string Service, BurnSeverity Severity, string Policy, AlertCause Cause, Instant At, string Windows,
    double Burn, double Remaining, Duration ReopenWithin, string Reason);

/// <summary>The same alert again, within its re-open time: nobody is paged anew.</summary>
[EventType("objectives.burn-alert-reopened.v1")]
public sealed record BurnAlertReopened(
    string Alert, string Objective, string Service, BurnSeverity Severity, Instant At, string Reason);

/// <summary>The alert is over.</summary>
[EventType("objectives.burn-alert-ended.v1")]
public sealed record BurnAlertEnded(
    string Alert, string Objective, string Service, BurnSeverity Severity, Instant At, string Reason);

/// <summary>An alert was due and is held back; kept with its arithmetic.</summary>
[EventType("objectives.burn-alert-suppressed.v1")]
public sealed record BurnAlertSuppressed(
    string Objective, string Service, BurnSeverity Severity, string Policy, SuppressedBy By, Instant At, string Reason);

/// <summary>What was held back is over, or comes forward now.</summary>
[EventType("objectives.burn-suppression-ended.v1")]
public sealed record BurnSuppressionEnded(string Objective, string Service, BurnSeverity Severity, Instant At);

/// <summary>The budget fell through 25 % or 0; always told (semantics.md 5).</summary>
[EventType("objectives.budget-crossed.v1")]
public sealed record BudgetCrossed(string Objective, string Service, double Threshold, double Remaining, Instant At, string Reason = "");

/// <summary>The budget's state is another one.</summary>
[EventType("objectives.budget-state-changed.v1")]
public sealed record BudgetStateChanged(string Objective, string Service, BudgetState From, BudgetState To, double Remaining, Instant At);

/// <summary>Nothing is heard of a service.</summary>
[EventType("objectives.absence-started.v1")]
public sealed record AbsenceStarted(
    string Objective, string Service, AbsenceCause Cause, BurnSeverity Severity, Instant Since, Instant At, string Reason);

/// <summary>An objective that something stood of is no longer measured: what stood ends.</summary>
[EventType("objectives.objective-removed.v1")]
public sealed record ObjectiveRemoved(string Objective, Instant At);

/// <summary>Something is heard again.</summary>
[EventType("objectives.absence-ended.v1")]
public sealed record AbsenceEnded(string Objective, string Service, Instant At);
