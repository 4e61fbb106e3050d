using System.Text.Json.Serialization;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>An option of a runbook, as a rule names it.</summary>
/// <param name="Runbook">The runbook.</param>
/// <param name="Option">The option's key, or its name.</param>
public sealed record RunbookChoice(string Runbook, string Option)
{
    /// <summary>In words.</summary>
    [JsonIgnore]
    public string Words => $"the option {Option} of the runbook {Runbook}";
}

/// <summary>One step of a plan.</summary>
/// <param name="Key">Its key in the runbook.</param>
/// <param name="Text">What is done, as the runbook says it.</param>
/// <param name="Expected">What should come out, in words.</param>
/// <param name="Action">What Nines does.</param>
public sealed record RemedyStep(string Key, string Text, string Expected, RunnerAction Action);

/// <summary>The steps of a runbook's option as they were written when a remedy was proposed.</summary>
/// <param name="Runbook">The runbook.</param>
/// <param name="Option">The option's key.</param>
/// <param name="Name">What the option is called.</param>
/// <param name="Steps">What is done, in order.</param>
public sealed record RemedyPlan(string Runbook, string Option, string Name, IReadOnlyList<RemedyStep> Steps)
{
    private const int Longest = 250;

    /// <summary>All of it in one line.</summary>
    [JsonIgnore]
    public string Words => RunnerText.Cut($"{Name}, of the runbook {Runbook}: {string.Join(", then ", Steps.Select(s => s.Action.Words))}", Longest);
}

/// <summary>A step that began.</summary>
/// <param name="Step">Its key.</param>
/// <param name="Call">Its call.</param>
/// <param name="BegunAt">When.</param>
public sealed record RemedyStepRecord(string Step, string Call, Instant BegunAt)
{
    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended; null before.</summary>
    public RunnerVerdict? Verdict { get; init; }

    /// <summary>What came out.</summary>
    public string Observed { get; init; } = "";

    /// <summary>How long it took; null before its end.</summary>
    [JsonIgnore]
    public Duration? Took => EndedAt - BegunAt;
}
