using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>A case is opened: by somebody, or by a signal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What is suspected.</param>
/// <param name="Kind">Which playbook it follows.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Services">What it is about.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Signal">The signal that opened it; empty where somebody did.</param>
/// <param name="Fingerprint">What further findings of the same thing have in common; empty where somebody opened it.</param>
/// <param name="By">Who opened it; empty for the house.</param>
[EventType("security.case-opened.v1")]
public sealed record CaseOpened(
    string Id, int Number, string Title, CaseKind Kind, IncidentSeverity Severity, IReadOnlyList<string> Services, string Text, string Signal, string Fingerprint, string By);

/// <summary>A finding belongs to a case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Signal">What found it.</param>
/// <param name="Category">What kind of signal it is.</param>
/// <param name="Fingerprint">What findings of the same thing have in common.</param>
/// <param name="Text">What was found.</param>
/// <param name="Facts">Further facts, as the sender named them.</param>
/// <param name="At">When it was seen.</param>
[EventType("security.finding-joined.v1")]
public sealed record FindingJoined(string Id, string Signal, SignalCategory Category, string Fingerprint, string Text, IReadOnlyDictionary<string, string> Facts, Instant At);

/// <summary>It is real.</summary>
/// <param name="Id">The case.</param>
/// <param name="Reason">How that is known.</param>
/// <param name="By">Who says so.</param>
[EventType("security.confirmed.v1")]
public sealed record CaseConfirmed(string Id, string Reason, string By);

/// <summary>It is a false alarm.</summary>
/// <param name="Id">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="QuietUntil">Until when the same finding pages nobody; null where it does at once.</param>
/// <param name="By">Who says so.</param>
[EventType("security.dismissed.v1")]
public sealed record CaseDismissed(string Id, string Reason, Instant? QuietUntil, string By);

/// <summary>It is worse, or less bad, than it was held to be.</summary>
/// <param name="Id">The case.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("security.severity-changed.v1")]
public sealed record CaseSeverityChanged(string Id, IncidentSeverity Severity, string Reason, string By);

/// <summary>Somebody takes a role, or is given it.</summary>
/// <param name="Id">The case.</param>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="By">Who says so.</param>
[EventType("security.role-taken.v1")]
public sealed record CaseRoleTaken(string Id, CaseRole Role, string Person, string By);

/// <summary>Somebody gives a role back.</summary>
/// <param name="Id">The case.</param>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="By">Who says so.</param>
[EventType("security.role-left.v1")]
public sealed record CaseRoleLeft(string Id, CaseRole Role, string Person, string By);

/// <summary>The work goes on to another phase.</summary>
/// <param name="Id">The case.</param>
/// <param name="Phase">Which.</param>
/// <param name="Text">What was done to get there; empty for nothing said.</param>
/// <param name="By">Who says so.</param>
[EventType("security.phase-entered.v1")]
public sealed record CasePhaseEntered(string Id, CasePhase Phase, string Text, string By);

/// <summary>Somebody wrote something down.</summary>
/// <param name="Id">The case.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="At">When it happened.</param>
/// <param name="Text">What.</param>
/// <param name="Corrects">The line that it corrects; empty for none.</param>
/// <param name="By">Who.</param>
[EventType("security.noted.v1")]
public sealed record CaseNoted(string Id, string Line, Instant At, string Text, string Corrects, string By);

/// <summary>Something of the playbook is done, or is not after all.</summary>
/// <param name="Id">The case.</param>
/// <param name="Item">Its key.</param>
/// <param name="Done">True where it is done.</param>
/// <param name="By">Who says so.</param>
[EventType("security.checked.v1")]
public sealed record CaseChecked(string Id, string Item, bool Done, string By);

/// <summary>What data of people is affected, as far as known. The newest counts; earlier ones stay in the timeline.</summary>
/// <param name="Id">The case.</param>
/// <param name="Data">What is known.</param>
/// <param name="By">Who says so.</param>
[EventType("security.data-affected.v1")]
public sealed record DataAffected(string Id, AffectedData Data, string By);

/// <summary>A clock of the law begins: somebody knew, classified, or determined.</summary>
/// <param name="Id">The case.</param>
/// <param name="Start">Which clock.</param>
/// <param name="At">Since when.</param>
/// <param name="Reason">How that is known; for a later time than before, why it counts.</param>
/// <param name="By">Who says so.</param>
[EventType("security.clock-started.v1")]
public sealed record ClockStarted(string Id, ClockStart Start, Instant At, string Reason, string By);

/// <summary>Somebody who must be told was told.</summary>
/// <param name="Id">The case.</param>
/// <param name="Duty">Key of the duty.</param>
/// <param name="At">When.</param>
/// <param name="Reference">Number, receipt or evidence.</param>
/// <param name="By">Who told.</param>
[EventType("security.duty-told.v1")]
public sealed record DutyTold(string Id, string Duty, Instant At, string Reference, string By);

/// <summary>Somebody need not be told.</summary>
/// <param name="Id">The case.</param>
/// <param name="Duty">Key of the duty.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("security.duty-not-needed.v1")]
public sealed record DutyNotNeeded(string Id, string Duty, string Reason, string By);

/// <summary>Somebody is reminded of a deadline.</summary>
/// <param name="Id">The case.</param>
/// <param name="Duty">Key of the duty.</param>
/// <param name="Mark">Which reminder.</param>
/// <param name="Due">The deadline.</param>
/// <param name="Number">The number of this reminder within the case, by which its page is known.</param>
[EventType("security.duty-reminded.v1")]
public sealed record DutyReminded(string Id, string Duty, ReminderMark Mark, Instant Due, int Number);

/// <summary>Evidence is taken in.</summary>
/// <param name="Id">The case.</param>
/// <param name="Item">What it is, chained to what was taken in before.</param>
[EventType("security.evidence-added.v1")]
public sealed record EvidenceAdded(string Id, EvidenceItem Item);

/// <summary>The content of evidence, sealed with a key of the case that lies outside the journal.</summary>
/// <param name="Id">The case.</param>
/// <param name="Evidence">Its number.</param>
/// <param name="Sealed">The bytes as base64, encrypted.</param>
[EventType("security.evidence-kept.v1")]
public sealed record EvidenceKept(string Id, int Evidence, string Sealed);

/// <summary>Evidence goes from hand to hand: given to somebody, or read by somebody.</summary>
/// <param name="Id">The case.</param>
/// <param name="Step">The step, chained to the steps before.</param>
[EventType("security.evidence-handed.v1")]
public sealed record EvidenceHanded(string Id, CustodyStep Step);

/// <summary>Somebody may read the case from now on.</summary>
/// <param name="Id">The case.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Themselves">True where they let themselves in.</param>
/// <param name="By">Who let them in.</param>
[EventType("security.let-in.v1")]
public sealed record LetIn(string Id, string Person, string Reason, bool Themselves, string By);

/// <summary>Somebody may read the case no more, whatever the policy says.</summary>
/// <param name="Id">The case.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("security.let-out.v1")]
public sealed record LetOut(string Id, string Person, string Reason, string By);

/// <summary>Somebody read the case; written once an hour a person.</summary>
/// <param name="Id">The case.</param>
/// <param name="Who">Opaque id of the person, or the actor.</param>
/// <param name="What">What they read.</param>
[EventType("security.read.v1")]
public sealed record CaseRead(string Id, string Who, string What);

/// <summary>An ordinary incident carries the operational side.</summary>
/// <param name="Id">The case.</param>
/// <param name="Incident">Id of the incident.</param>
/// <param name="Name">Its name.</param>
/// <param name="Told">True where its timeline got a neutral line.</param>
/// <param name="By">Who says so.</param>
[EventType("security.incident-linked.v1")]
public sealed record IncidentLinked(string Id, string Incident, string Name, bool Told, string By);

/// <summary>It is over.</summary>
/// <param name="Id">The case.</param>
/// <param name="Cause">What it was.</param>
/// <param name="Remediation">What was done so that it does not come back.</param>
/// <param name="By">Who says so.</param>
[EventType("security.closed.v1")]
public sealed record CaseClosed(string Id, string Cause, string Remediation, string By);

/// <summary>It is not over after all.</summary>
/// <param name="Id">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("security.reopened.v1")]
public sealed record CaseReopened(string Id, string Reason, string By);
