using System.Text.Json.Serialization;
using Nines.Alerting.Alerts;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>What comes at a time of a drill.</summary>
public enum InjectKind
{
    /// <summary>An alert; where it pages, those who are on call in the drill are called.</summary>
    Alert,

    /// <summary>What the world says: support, a customer, a change that was made.</summary>
    World,

    /// <summary>A question to those who take part.</summary>
    Clue,
}

/// <summary>What comes at a time of a drill.</summary>
/// <param name="Key">Its short name within the drill.</param>
/// <param name="At">How long after the start, by the story's clock.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says.</param>
/// <param name="Name">Name of the alert; empty for anything else.</param>
/// <param name="Severity">How loud the alert is.</param>
/// <param name="Answers">Answers that count, for a question.</param>
public sealed record DrillInject(string Key, Duration At, InjectKind Kind, string Text, string Name = "", AlertSeverity Severity = AlertSeverity.Page, IReadOnlyList<string>? Answers = null)
{
    /// <summary>True where somebody is called.</summary>
    [JsonIgnore]
    public bool Pages => Kind == InjectKind.Alert && Severity == AlertSeverity.Page;
}

/// <summary>How soon a drill wants each thing; null where it is not asked.</summary>
/// <param name="Detect">From the first alert until anybody reacts.</param>
/// <param name="Acknowledge">From the first call until somebody has it.</param>
/// <param name="Declare">From the first alert until an incident is declared.</param>
/// <param name="Roles">From the declaration until somebody commands, and somebody tells those who wait.</param>
/// <param name="Update">From the declaration until the first check-in.</param>
/// <param name="Mitigate">From the first alert until somebody says that users feel it no more.</param>
public sealed record DrillTargets(Duration? Detect = null, Duration? Acknowledge = null, Duration? Declare = null, Duration? Roles = null, Duration? Update = null, Duration? Mitigate = null)
{
    // Seed 003, phase 10: under 30 minutes is healthy.
    private static readonly Duration Healthy = Duration.FromMinutes(30);

    /// <summary>What the drill says itself, else what the house's policy asks of an incident of that severity.</summary>
    public DrillTargets Or(IncidentPolicy policy, IncidentSeverity severity)
    {
        var asked = policy.Of(severity);
        Duration? detect = policy.Deadlines.TryGetValue(IncidentPhase.Detect, out var known) ? known : null;
        Duration? triage = policy.Deadlines.TryGetValue(IncidentPhase.Triage, out var within) ? within : null;
        return new(Detect ?? detect, Acknowledge ?? asked.Respond, Declare ?? detect + triage, Roles ?? triage, Update ?? asked.CheckIn, Mitigate ?? Healthy);
    }
}

/// <summary>A drill as somebody wrote it: a story with what comes when, or the past incident that is played again.</summary>
public sealed record Drill
{
    /// <summary>Its name among manifests.</summary>
    public required string Name { get; init; }

    /// <summary>What those who take part may know beforehand.</summary>
    public required string Title { get; init; }

    /// <summary>The service that it is about; empty for the past incident's first.</summary>
    public string Service { get; init; } = "";

    /// <summary>The severity that is right; null for the past incident's.</summary>
    public IncidentSeverity? Severity { get; init; }

    /// <summary>What is behind it, for whoever leads.</summary>
    public string Story { get; init; } = "";

    /// <summary>The past incident that is played again; empty where everything is written.</summary>
    public string From { get; init; } = "";

    /// <summary>What comes when.</summary>
    public IReadOnlyList<DrillInject> Injects { get; init; } = [];

    /// <summary>Its own targets.</summary>
    public DrillTargets Targets { get; init; } = new();

    /// <summary>How many minutes of the story pass in one.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How long it lasts at most after the last of what comes.</summary>
    public Duration After { get; init; } = Duration.FromMinutes(60);

    /// <summary>True where several take part with the checklist of a game day.</summary>
    public bool GameDay { get; init; }

    /// <summary>So many must take part.</summary>
    public int Least { get; init; } = 1;

    /// <summary>Whoever takes part is of one of these teams; empty for anybody.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];
}
