using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Where an alert of one severity is.</summary>
public enum AlertPhase
{
    /// <summary>Nothing to tell.</summary>
    Ok,

    /// <summary>Told, and still true.</summary>
    Firing,

    /// <summary>True, but held back.</summary>
    Suppressed,
}

/// <summary>One severity of one objective.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="SinceMs">Since when, Unix milliseconds.</param>
/// <param name="Alert">Id of the alert that fires or fired last; empty before the first.</param>
/// <param name="EndedMs">When it last ended; 0 before the first end.</param>
/// <param name="ReopenMs">How long after its end it re-opens instead of firing anew.</param>
/// <param name="Reason">The arithmetic.</param>
public sealed record SeverityState(AlertPhase Phase, long SinceMs, string Alert, long EndedMs, long ReopenMs, string Reason)
{
    /// <summary>Before anything happened.</summary>
    public static SeverityState Quiet { get; } = new(AlertPhase.Ok, 0, "", 0, 0, "");

    /// <summary>Since when, as an instant; null while nothing is to tell.</summary>
    public Instant? Since => Phase == AlertPhase.Ok ? null : Instant.FromUnixTimeMilliseconds(SinceMs);
}

/// <summary>A silence that is told.</summary>
/// <param name="Cause">Which of the three.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Since">Since when nothing is heard.</param>
/// <param name="Reason">In words.</param>
public sealed record AbsenceState(AbsenceCause Cause, BurnSeverity Severity, Instant Since, string Reason);

/// <summary>
/// Where everything that an objective can tell stands. The rule <see cref="BurnAlerts"/> leads from one to the next;
/// an evaluation that changes nothing returns the same instance.
/// </summary>
public sealed record AlertState
{
    /// <summary>One bit for each pair of the plan that holds; it is kept while the short window has no events.</summary>
    public ulong Verdicts { get; init; }

    /// <summary>The page.</summary>
    public SeverityState Page { get; init; } = SeverityState.Quiet;

    /// <summary>The ticket.</summary>
    public SeverityState Ticket { get; init; } = SeverityState.Quiet;

    /// <summary>The budget's state at the last evaluation with data.</summary>
    public BudgetState Budget { get; init; } = BudgetState.NoData;

    /// <summary>True since the budget fell through 25 % and until it is above 30 % again.</summary>
    public bool BelowQuarter { get; init; }

    /// <summary>True since the budget fell through 0 and until it is above 10 % again.</summary>
    public bool BelowZero { get; init; }

    /// <summary>The silence that is told; null when there is none.</summary>
    public AbsenceState? Absence { get; init; }
}
