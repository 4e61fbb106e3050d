using System.Text.Json.Serialization;
using Nines.Alerting.Silences;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>One step of a runbook.</summary>
/// <param name="Key">Its short name, unique in the runbook.</param>
/// <param name="Text">What is done.</param>
/// <param name="Command">What a person types; empty for nothing.</param>
/// <param name="Expected">What should come out; empty where nobody wrote it.</param>
/// <param name="IfUnexpected">What to do where something else comes out; empty where nobody wrote it.</param>
/// <param name="GoTo">The step or option that follows then; empty for the next one.</param>
/// <param name="Run">What Nines can do itself; null for nothing.</param>
public sealed record RunbookStep(string Key, string Text, string Command = "", string Expected = "", string IfUnexpected = "", string GoTo = "", RunnerAction? Run = null);

/// <summary>A way to stop the bleeding.</summary>
/// <param name="Key">Its short name, unique in the runbook.</param>
/// <param name="Name">What it is called.</param>
/// <param name="When">When it helps; empty where nobody wrote it.</param>
/// <param name="Steps">What is done.</param>
public sealed record RunbookOption(string Key, string Name, string When, IReadOnlyList<RunbookStep> Steps);

/// <summary>Whom to call when it takes too long.</summary>
/// <param name="After">How long after the run began.</param>
/// <param name="Contact">Whom.</param>
/// <param name="Context">What to tell them.</param>
public sealed record RunbookEscalation(Duration After, string Contact, string Context);

/// <summary>What is done, in order: the part of a runbook that a run keeps as it was when it began.</summary>
/// <param name="Diagnosis">How to find out what it is.</param>
/// <param name="Mitigation">Ways to stop the bleeding.</param>
/// <param name="Escalation">Whom to call when it takes too long; null for nobody.</param>
public sealed record RunbookPlan(IReadOnlyList<RunbookStep> Diagnosis, IReadOnlyList<RunbookOption> Mitigation, RunbookEscalation? Escalation = null)
{
    /// <summary>Every step, those of the options behind the diagnosis.</summary>
    [JsonIgnore]
    public IEnumerable<RunbookStep> Steps => Diagnosis.Concat(Mitigation.SelectMany(m => m.Steps));

    /// <summary>The step of that key; null for none.</summary>
    public RunbookStep? Find(string key) => Steps.FirstOrDefault(s => s.Key == key);

    /// <summary>The option of that key; null for none.</summary>
    public RunbookOption? Option(string key) => Mitigation.FirstOrDefault(m => m.Key == key);

    /// <summary>The option of that key, or of that name as people write it; null for none.</summary>
    public RunbookOption? OptionCalled(string written) => Option(written) ?? Mitigation.FirstOrDefault(m => m.Name.Equals(written, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What to do about an alert (seed 003, phase 10).</summary>
public sealed record Runbook
{
    /// <summary>Without a word about it, a runbook is looked through every quarter.</summary>
    public static readonly Duration UsualReview = Duration.FromDays(90);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>Names of the alerts that it is for; none for any.</summary>
    public IReadOnlyList<string> AlertNames { get; init; } = [];

    /// <summary>Labels that an alert must have; none for any.</summary>
    public IReadOnlyList<Matcher> Matchers { get; init; } = [];

    /// <summary>Services that it is for; none for any.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Who keeps it right; empty for nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When somebody last looked it through, as it says itself; null where it does not.</summary>
    public LocalDate? LastUpdated { get; init; }

    /// <summary>How often it is to be looked through.</summary>
    public Duration ReviewEvery { get; init; } = UsualReview;

    /// <summary>What the alert means.</summary>
    public string Overview { get; init; } = "";

    /// <summary>Who feels it, and how.</summary>
    public string Impact { get; init; } = "";

    /// <summary>What is done.</summary>
    public required RunbookPlan Plan { get; init; }
}
