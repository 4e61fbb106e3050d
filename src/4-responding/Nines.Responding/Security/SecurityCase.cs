using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What data of people is affected.</summary>
/// <param name="Personal">True where data of people is affected; false where it is known that none is.</param>
/// <param name="Kinds">Which: <c>email</c>, <c>password</c>, <c>health</c>.</param>
/// <param name="People">How many people, about; null for unknown.</param>
/// <param name="Records">How many records, about; null for unknown.</param>
/// <param name="Countries">Where they live, as two letters.</param>
/// <param name="HighRisk">True where it is a high risk for them (GDPR Art. 34); null where nobody has judged it.</param>
/// <param name="Consequences">What may follow for them.</param>
public sealed record AffectedData(
    bool Personal, IReadOnlyList<string> Kinds, long? People, long? Records, IReadOnlyList<string> Countries, bool? HighRisk, string Consequences);

/// <summary>Somebody has a role.</summary>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Since">Since when.</param>
public sealed record HeldCaseRole(CaseRole Role, string Person, Instant Since);

/// <summary>A line of the case.</summary>
/// <param name="Id">Its id; corrections name it.</param>
/// <param name="At">When it happened.</param>
/// <param name="WrittenAt">When it was written down.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What happened; <c>{0}</c> stands for the person.</param>
/// <param name="By">Opaque id; empty for the house.</param>
/// <param name="About">The line that it corrects; empty for none.</param>
public sealed record CaseLine(string Id, Instant At, Instant WrittenAt, CaseLineKind Kind, string Text, string By = "", string About = "");

/// <summary>Who read the case, who was let in or out.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Opaque id of the person, or the actor.</param>
/// <param name="What">What they did, or what was done for them.</param>
/// <param name="By">Who did it for them; empty where they did.</param>
public sealed record AccessLine(Instant At, string Who, string What, string By = "");

/// <summary>What became of somebody's being told.</summary>
/// <param name="At">When they were told; null where they need not be.</param>
/// <param name="Reference">The receipt, or why they need not be told.</param>
/// <param name="By">Who says so.</param>
public sealed record DutyOutcome(Instant? At, string Reference, string By);

/// <summary>The newest reminder of a duty.</summary>
/// <param name="Mark">Which.</param>
/// <param name="Due">The deadline that it was for.</param>
/// <param name="Numbers">The numbers of all reminders of the duty.</param>
public sealed record Reminded(ReminderMark Mark, Instant Due, ImmutableList<int> Numbers);

/// <summary>A security incident: restricted to its circle.</summary>
public sealed record SecurityCase
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>What is suspected.</summary>
    public required string Title { get; init; }

    /// <summary>Which playbook it follows.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>How bad.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; init; }

    /// <summary>Since when.</summary>
    public required Instant StateAt { get; init; }

    /// <summary>Where the work stands.</summary>
    public CasePhase Phase { get; init; }

    /// <summary>What it is about.</summary>
    public ImmutableList<string> Services { get; init; } = [];

    /// <summary>What findings of the same thing have in common; empty where somebody opened it.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>When the newest finding was taken in.</summary>
    public Instant? FoundAt { get; init; }

    /// <summary>How many findings belong to it.</summary>
    public int Findings { get; init; }

    /// <summary>Until when the same finding pages nobody after it was dismissed.</summary>
    public Instant? QuietUntil { get; init; }

    /// <summary>Who does what.</summary>
    public ImmutableList<HeldCaseRole> Roles { get; init; } = [];

    /// <summary>Keys of what is done.</summary>
    public ImmutableSortedSet<string> Done { get; init; } = [];

    /// <summary>What data of people is affected; null where nobody has said.</summary>
    public AffectedData? Data { get; init; }

    /// <summary>When clocks of the law began.</summary>
    public ImmutableSortedDictionary<ClockStart, Instant> Starts { get; init; } = ImmutableSortedDictionary<ClockStart, Instant>.Empty;

    /// <summary>What became of duties, by key.</summary>
    public ImmutableSortedDictionary<string, DutyOutcome> Outcomes { get; init; } = ImmutableSortedDictionary<string, DutyOutcome>.Empty;

    /// <summary>Reminders of duties, by key.</summary>
    public ImmutableSortedDictionary<string, Reminded> Reminders { get; init; } = ImmutableSortedDictionary<string, Reminded>.Empty;

    /// <summary>The last number given to a reminder.</summary>
    public int ReminderNumber { get; init; }

    /// <summary>Evidence, in the order in which it was taken in.</summary>
    public ImmutableList<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>Where the journal keeps the content of evidence, by its number.</summary>
    public ImmutableSortedDictionary<int, long> Contents { get; init; } = ImmutableSortedDictionary<int, long>.Empty;

    /// <summary>From hand to hand.</summary>
    public ImmutableList<CustodyStep> Custody { get; init; } = [];

    /// <summary>Let in by name.</summary>
    public ImmutableSortedSet<string> Inside { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Let out, whatever the policy says.</summary>
    public ImmutableSortedSet<string> Outside { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When somebody's reading was last written down.</summary>
    public ImmutableSortedDictionary<string, Instant> Reads { get; init; } = ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal);

    /// <summary>Who read it, who was let in or out.</summary>
    public ImmutableList<AccessLine> Access { get; init; } = [];

    /// <summary>Names of the ordinary incidents that carry the operational side, by id.</summary>
    public ImmutableSortedDictionary<string, string> Incidents { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it was; empty before it is over.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What was done so that it does not come back.</summary>
    public string Remediation { get; init; } = "";

    /// <summary>What happened.</summary>
    public ImmutableList<CaseLine> Timeline { get; init; } = [];

    internal static ImmutableSortedSet<string> Nobody { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>As people say it: <c>SEC-3</c>.</summary>
    [JsonIgnore]
    public string Name => $"SEC-{Number}";

    /// <summary>True while somebody works on it.</summary>
    [JsonIgnore]
    public bool Open => State is CaseState.Suspected or CaseState.Confirmed;

    /// <summary>Who has a role; null for nobody.</summary>
    public string? Holder(CaseRole role) => Roles.Find(r => r.Role == role)?.Person;

    internal SecurityCase Tells(CaseLine line) => this with { Timeline = Timeline.Add(line) };
}
