using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Something that had happened when an incident was declared.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What; <c>{0}</c> stands for the person.</param>
/// <param name="By">Opaque id of the person; empty for none.</param>
/// <param name="About">What it is about; empty for nothing.</param>
public sealed record KnownFact(Instant At, TimelineKind Kind, string Text, string By = "", string About = "");

/// <summary>An incident is declared.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Reason">Why that severity.</param>
/// <param name="Services">Whose users feel it.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="Pages">The pages that it is about.</param>
/// <param name="DetectedAt">The earlier of its first alert and this.</param>
/// <param name="PagedAt">When the first page left; null for none.</param>
/// <param name="AcknowledgedAt">When the first page was taken on; null before.</param>
/// <param name="Impact">What the indicators say.</param>
/// <param name="Known">What had happened.</param>
/// <param name="By">Who declared it.</param>
/// <param name="Drill">True for an exercise.</param>
[EventType("incidents.declared.v1")]
public sealed record IncidentDeclared(
    string Id, int Number, string Title, IncidentSeverity Severity, string Reason, IReadOnlyList<string> Services, IReadOnlyList<string> Alerts, IReadOnlyList<string> Pages,
    Instant DetectedAt, Instant? PagedAt, Instant? AcknowledgedAt, IReadOnlyList<MeasuredImpact> Impact, IReadOnlyList<KnownFact> Known, string By, bool Drill);

/// <summary>An incident is worse, or less bad, than it was held to be.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.severity-changed.v1")]
public sealed record IncidentSeverityChanged(string Id, IncidentSeverity Severity, string Reason, string By);

/// <summary>Somebody takes a role, or is given it; whoever had it has it no more, except that several may be experts.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.role-taken.v1")]
public sealed record RoleTaken(string Id, IncidentRole Role, string Person, string By);

/// <summary>Somebody gives a role back.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Role">Which.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.role-left.v1")]
public sealed record RoleLeft(string Id, IncidentRole Role, string Person, string By);

/// <summary>Somebody wrote into the timeline.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Line">Id of the line.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">Note, decision or correction.</param>
/// <param name="Text">What they wrote.</param>
/// <param name="By">Who.</param>
/// <param name="Corrects">The line that it corrects; empty for none.</param>
[EventType("incidents.noted.v1")]
public sealed record IncidentNoted(string Id, string Line, Instant At, TimelineKind Kind, string Text, string By, string Corrects);

/// <summary>Something of the checklist is done, or is not after all.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Item">Its key.</param>
/// <param name="Done">True where it is done.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.checked.v1")]
public sealed record IncidentChecked(string Id, string Item, bool Done, string By);

/// <summary>Everybody was asked how it stands.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Text">How it stands.</param>
/// <param name="By">Who asked.</param>
[EventType("incidents.checked-in.v1")]
public sealed record IncidentCheckedIn(string Id, string Text, string By);

/// <summary>Nobody checked in in time.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Due">By when somebody should have.</param>
[EventType("incidents.check-in-missed.v1")]
public sealed record CheckInMissed(string Id, Instant Due);

/// <summary>Further pages belong to an incident.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Pages">The pages.</param>
/// <param name="Alerts">Their alerts.</param>
/// <param name="Services">Services that nobody had named before.</param>
/// <param name="Reason">Why they belong to it.</param>
[EventType("incidents.joined.v1")]
public sealed record IncidentJoined(string Id, IReadOnlyList<string> Pages, IReadOnlyList<string> Alerts, IReadOnlyList<string> Services, string Reason);

/// <summary>Something is done against what users feel.</summary>
/// <param name="Id">The incident.</param>
/// <param name="What">What.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.mitigating.v1")]
public sealed record MitigationBegun(string Id, string What, string By);

/// <summary>Users feel it no more. It is not over.</summary>
/// <param name="Id">The incident.</param>
/// <param name="How">What helped.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.mitigated.v1")]
public sealed record IncidentMitigated(string Id, string How, string By);

/// <summary>The indicators say something new: users began to feel it earlier, or felt it longer.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Impact">What they say, one for each objective that burned.</param>
[EventType("incidents.impact-measured.v1")]
public sealed record ImpactMeasured(string Id, IReadOnlyList<MeasuredImpact> Impact);

/// <summary>An incident is over.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Cause">What it was, in one sentence.</param>
/// <param name="Override">Why it is over although the indicators do not say so; empty where they do.</param>
/// <param name="Impact">What the indicators say.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.resolved.v1")]
public sealed record IncidentResolved(string Id, string Cause, string Override, IReadOnlyList<MeasuredImpact> Impact, string By);

/// <summary>An incident is not over after all.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.reopened.v1")]
public sealed record IncidentReopened(string Id, string Reason, string By);

/// <summary>An incident is part of another one.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Into">The one that stays.</param>
/// <param name="By">Who says so.</param>
[EventType("incidents.merged.v1")]
public sealed record IncidentMerged(string Id, string Into, string By);

/// <summary>Another room tells what it did for an incident: a line of its timeline.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What happened; <c>{0}</c> stands for the person.</param>
/// <param name="By">Opaque id of the person; empty for the house itself.</param>
/// <param name="About">Where it leads, such as <c>run/ID</c>; empty for nowhere.</param>
[EventType("incidents.told.v1")]
public sealed record IncidentTold(string Id, TimelineKind Kind, string Text, string By, string About);

/// <summary>A part of an incident is one of its own from now on.</summary>
/// <param name="Id">The incident that it was a part of.</param>
/// <param name="Into">The new one.</param>
/// <param name="Number">The new one's number.</param>
/// <param name="Title">What is wrong with it.</param>
/// <param name="Services">Services that went with it.</param>
/// <param name="Pages">Pages that went with it.</param>
/// <param name="Alerts">Alerts that went with it.</param>
/// <param name="By">Who said so.</param>
[EventType("incidents.split.v1")]
public sealed record IncidentSplit(string Id, string Into, int Number, string Title, IReadOnlyList<string> Services, IReadOnlyList<string> Pages, IReadOnlyList<string> Alerts, string By);

/// <summary>Two incidents have to do with each other.</summary>
/// <param name="Id">One.</param>
/// <param name="Other">The other.</param>
/// <param name="Why">What they have to do with each other.</param>
/// <param name="By">Who said so.</param>
[EventType("incidents.related.v1")]
public sealed record IncidentsRelated(string Id, string Other, string Why, string By);

/// <summary>Something is known that raises an incident by itself.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Trigger">What.</param>
/// <param name="Why">How it is known; empty where nobody said.</param>
/// <param name="By">Who said so; empty for the house itself.</param>
[EventType("incidents.triggered.v1")]
public sealed record IncidentTriggered(string Id, EscalationTrigger Trigger, string Why, string By);
