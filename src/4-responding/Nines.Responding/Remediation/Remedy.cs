using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>Where a remedy stands.</summary>
public enum RemedyState
{
    /// <summary>Somebody may approve it.</summary>
    Proposed,

    /// <summary>Nines does it.</summary>
    Running,

    /// <summary>It is done; whether the symptom goes away is awaited.</summary>
    Watching,

    /// <summary>The symptom went away.</summary>
    Helped,

    /// <summary>The symptom did not go away, or it could not be done.</summary>
    Failed,

    /// <summary>Somebody said no.</summary>
    Rejected,

    /// <summary>The alert ended before anything was done, or remediation was stopped: it counts for nothing.</summary>
    Lapsed,
}

/// <summary>One try of a rule on one alert.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number, as people say it: <c>REM-4</c>.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Version">The fingerprint of the rule's action.</param>
/// <param name="Alert">The alert, by id.</param>
/// <param name="Opening">Which opening of that alert: how often it had opened again.</param>
/// <param name="Service">Its service; empty where nobody said.</param>
/// <param name="Target">What it works on.</param>
/// <param name="Action">What is done, with its labels filled in.</param>
/// <param name="Level">How far the rule was trusted.</param>
/// <param name="Reason">Why: the condition, and the arithmetic of that trust.</param>
/// <param name="ProposedAt">When.</param>
public sealed record Remedy(
    string Id, int Number, string Rule, string Version, string Alert, int Opening, string Service, string Target, RunnerAction Action, RemedyLevel Level, string Reason, Instant ProposedAt)
{
    /// <summary>Where it stands.</summary>
    public RemedyState State { get; init; }

    /// <summary>The incident that it was told to; empty for none.</summary>
    public string Incident { get; init; } = "";

    /// <summary>The steps that are done, with their labels filled in; null where one action is.</summary>
    public RemedyPlan? Plan { get; init; }

    /// <summary>Those of them that began, in order.</summary>
    public ImmutableList<RemedyStepRecord> Steps { get; init; } = [];

    /// <summary>The call, or that of the newest step; empty before.</summary>
    public string Call { get; init; } = "";

    /// <summary>Who approved, or rejected, it; empty for nobody.</summary>
    public string By { get; init; } = "";

    /// <summary>When it began; null before.</summary>
    public Instant? BegunAt { get; init; }

    /// <summary>When it was done; null before.</summary>
    public Instant? DoneAt { get; init; }

    /// <summary>By when the alert must be over; null before it is done.</summary>
    public Instant? JudgedBy { get; init; }

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What came out, and why it ended so.</summary>
    public string Observed { get; init; } = "";

    /// <summary>What is done, in one line.</summary>
    [JsonIgnore]
    public string Does => Plan?.Words ?? Action.Words;

    /// <summary>As people say it.</summary>
    public string Name => $"REM-{Number}";

    /// <summary>True until it is over.</summary>
    public bool Open => State is RemedyState.Proposed or RemedyState.Running or RemedyState.Watching;

    /// <summary>True from its beginning on, whatever came of it.</summary>
    public bool Begun => BegunAt is not null;
}
