using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Where the work on an incident stands (seed 003: DETECT → TRIAGE → RESPOND → MITIGATE → RESOLVE → REVIEW).</summary>
public enum IncidentPhase
{
    /// <summary>Is it real?</summary>
    Detect,

    /// <summary>Classified, roles and a channel are found.</summary>
    Triage,

    /// <summary>Somebody commands; the cause is looked for.</summary>
    Respond,

    /// <summary>Something is done against what users feel.</summary>
    Mitigate,

    /// <summary>Users feel it no more; it waits for clean data.</summary>
    Resolve,

    /// <summary>It is over; what it teaches is written down.</summary>
    Review,
}

/// <summary>What somebody does in an incident (the seed's five, and a deputy).</summary>
public enum IncidentRole
{
    /// <summary>Owns the resolution, decides, and does not debug.</summary>
    Commander,

    /// <summary>Hands on the keyboard.</summary>
    Operations,

    /// <summary>Tells those who wait.</summary>
    Communications,

    /// <summary>Knows what is broken; there may be several.</summary>
    Expert,

    /// <summary>Writes down what no machine sees.</summary>
    Scribe,

    /// <summary>Ready to take over, keeps the timers.</summary>
    Deputy,
}

/// <summary>Somebody has a role.</summary>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Since">Since when.</param>
public sealed record RoleHeld(IncidentRole Role, string Person, Instant Since);

/// <summary>What the indicators say about one objective during an incident.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="From">The first minute with burn above 1 of the run that led here.</param>
/// <param name="Until">The end of its last such minute.</param>
/// <param name="Bad">Bad events between them.</param>
/// <param name="Spent">The share of the objective's budget that they are.</param>
/// <param name="CleanMinutes">Minutes with data and without such burn since then; minutes that nobody knows are not clean.</param>
public sealed record MeasuredImpact(string Objective, Instant From, Instant Until, double Bad, double Spent, int CleanMinutes);

/// <summary>An incident from its declaration to its review.</summary>
public sealed record Incident
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its number, as people say it: <c>INC-12</c>.</summary>
    public required int Number { get; init; }

    /// <summary>What is wrong, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How bad.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>Services whose users feel it; empty where nobody said.</summary>
    public ImmutableList<string> Services { get; init; } = [];

    /// <summary>The alerts that it is about, by id.</summary>
    public ImmutableList<string> Alerts { get; init; } = [];

    /// <summary>The pages that it is about, by id.</summary>
    public ImmutableList<string> Pages { get; init; } = [];

    /// <summary>True for an exercise: it counts in no figure.</summary>
    public bool Drill { get; init; }

    /// <summary>Where the work stands.</summary>
    public IncidentPhase Phase { get; init; }

    /// <summary>When that phase began.</summary>
    public Instant PhaseAt { get; init; }

    /// <summary>When it was declared.</summary>
    public required Instant DeclaredAt { get; init; }

    /// <summary>The earlier of its first alert and its declaration.</summary>
    public required Instant DetectedAt { get; init; }

    /// <summary>When the first page of it left; null where none did.</summary>
    public Instant? PagedAt { get; init; }

    /// <summary>When somebody took the first page on; null before.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>When the first role was taken; null before.</summary>
    public Instant? EngagedAt { get; init; }

    /// <summary>When somebody said that users feel it no more; null before.</summary>
    public Instant? MitigatedAt { get; init; }

    /// <summary>When it was resolved; null before.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>What it was, as whoever resolved it says; empty before.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What helped, as whoever mitigated it says; empty before.</summary>
    public string Helped { get; init; } = "";

    /// <summary>Why it was resolved although the indicators did not say so; empty where they did.</summary>
    public string Override { get; init; } = "";

    /// <summary>The incident that it became part of; empty for none.</summary>
    public string MergedInto { get; init; } = "";

    /// <summary>How people call that incident; empty where it is none's part.</summary>
    public string MergedName { get; init; } = "";

    /// <summary>Incidents that it has to do with, by id.</summary>
    public ImmutableList<string> Related { get; init; } = [];

    /// <summary>What raised it by itself since it was declared.</summary>
    public ImmutableSortedSet<EscalationTrigger> Triggers { get; init; } = [];

    /// <summary>What the indicators said when it was looked at last, one for each objective that burned.</summary>
    public ImmutableList<MeasuredImpact> Impact { get; init; } = [];

    /// <summary>Who does what.</summary>
    public ImmutableList<RoleHeld> Roles { get; init; } = [];

    /// <summary>What was ticked off.</summary>
    public ImmutableSortedSet<string> Done { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When everybody was last asked how it stands; the declaration, the last change of severity or the reopening where that was later.</summary>
    public Instant CheckedInAt { get; init; }

    /// <summary>True where nobody has since that was due.</summary>
    public bool CheckInMissed { get; init; }

    /// <summary>The service whose on-call was told that nobody did, the last time; empty where it had none, or nobody ever was.</summary>
    public string CheckInMissedFor { get; init; } = "";

    /// <summary>What happened, in the order of writing.</summary>
    public ImmutableList<TimelineLine> Timeline { get; init; } = [];

    /// <summary>As people say it.</summary>
    public string Name => $"INC-{Number}";

    /// <summary>True until it is resolved or part of another one.</summary>
    public bool Open => ResolvedAt is null && MergedInto.Length == 0;

    /// <summary>When users began to feel it; null where no indicator says so.</summary>
    public Instant? ImpactFrom => Impact.IsEmpty ? null : Impact.Min(i => i.From);

    /// <summary>Until when users felt it, as far as known; null where no indicator says so.</summary>
    public Instant? ImpactUntil => Impact.IsEmpty ? null : Impact.Max(i => i.Until);

    /// <summary>Who commands; null for nobody.</summary>
    public string? Commander => Roles.Find(r => r.Role == IncidentRole.Commander)?.Person;

    internal Incident Tells(TimelineLine line) => this with { Timeline = Timeline.Add(line) };

    internal Incident Enters(IncidentPhase phase, Instant at) => Phase == phase ? this : this with { Phase = phase, PhaseAt = at };
}
