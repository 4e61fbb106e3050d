using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>What came of a step.</summary>
public enum StepOutcome
{
    /// <summary>What was expected.</summary>
    Expected,

    /// <summary>Something else.</summary>
    Unexpected,

    /// <summary>Nobody did it, on purpose.</summary>
    Skipped,

    /// <summary>It could not be done, or not to its end.</summary>
    Failed,

    /// <summary>The house stopped while it did it: somebody must look what was done.</summary>
    Unknown,
}

/// <summary>Where a run stands.</summary>
public enum RunStage
{
    /// <summary>At a step.</summary>
    Step,

    /// <summary>The diagnosis is over: somebody chooses what stops the bleeding.</summary>
    Choose,

    /// <summary>Every step is done: somebody says whether it helped.</summary>
    Finish,

    /// <summary>It is over.</summary>
    Over,
}

/// <summary>A step that was done.</summary>
/// <param name="Step">Its key.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="By">Who did it; empty for Nines itself.</param>
/// <param name="StartedAt">When it became the current one.</param>
/// <param name="EndedAt">When it was done.</param>
/// <param name="Call">The call with which Nines did it; empty for a person's.</param>
public sealed record StepRecord(string Step, StepOutcome Outcome, string Observed, string By, Instant StartedAt, Instant EndedAt, string Call = "");

/// <summary>A runbook while, and after, somebody goes through it.</summary>
public sealed record RunbookRun
{
    /// <summary>So many records are kept: whoever goes in circles has long stopped reading.</summary>
    public const int RecordsMost = 200;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its number, as people say it: <c>RUN-3</c>.</summary>
    public required int Number { get; init; }

    /// <summary>The runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What is done, as it was written when the run began.</summary>
    public required RunbookPlan Plan { get; init; }

    /// <summary>The incident that it belongs to; empty for none.</summary>
    public string Incident { get; init; } = "";

    /// <summary>The alert that it is about; empty for none.</summary>
    public string Alert { get; init; } = "";

    /// <summary>Labels that its actions take their values from.</summary>
    public AlertLabels Labels { get; init; } = AlertLabels.None;

    /// <summary>True within a drill: it counts in no figure.</summary>
    public bool Drill { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStage Stage { get; init; }

    /// <summary>The current step; empty where there is none.</summary>
    public string Step { get; init; } = "";

    /// <summary>Since when it is the current one.</summary>
    public Instant StepAt { get; init; }

    /// <summary>The call with which Nines does the current step; empty for none.</summary>
    public string Call { get; init; } = "";

    /// <summary>What that call showed, where a person has yet to judge it.</summary>
    public string Shown { get; init; } = "";

    /// <summary>What was done, in order.</summary>
    public ImmutableList<StepRecord> Records { get; init; } = [];

    /// <summary>Options that were chosen, in order.</summary>
    public ImmutableList<string> Chosen { get; init; } = [];

    /// <summary>True once it was said that somebody else must be called.</summary>
    public bool Escalated { get; init; }

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Whether it helped; null before, and where it was abandoned.</summary>
    public bool? Helped { get; init; }

    /// <summary>What whoever ended it says.</summary>
    public string Note { get; init; } = "";

    /// <summary>As people say it.</summary>
    public string Name => $"RUN-{Number}";

    /// <summary>True until it is over.</summary>
    public bool Open => EndedAt is null;

    /// <summary>The current step; null where there is none.</summary>
    public RunbookStep? Current => Stage == RunStage.Step ? Plan.Find(Step) : null;

    /// <summary>When somebody else is to be called; null for never, or where that was said.</summary>
    public Instant? EscalatesAt => Open && !Escalated && Plan.Escalation is { } escalation ? StartedAt + escalation.After : null;
}
