using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>What is now known about a page of another pager, whole; written only where it is news.</summary>
/// <param name="Mode">The shadow mode beside which it was heard.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Key">What its sender calls it there (dedup key, alias); empty for none.</param>
/// <param name="Service">The catalog's service that it is about; empty where it is none that is known.</param>
/// <param name="Named">What the other pager calls the service; empty for nothing.</param>
/// <param name="Title">What burns.</param>
/// <param name="Url">Its own screen; empty for none.</param>
/// <param name="OpenedAt">When it began there.</param>
/// <param name="Urgent">False where it woke nobody because it was of low urgency.</param>
/// <param name="Called">Whom it called, the first first.</param>
/// <param name="AcknowledgedAt">When somebody took it on; null before.</param>
/// <param name="AcknowledgedBy">Opaque id of who did; empty for somebody whom the catalog does not know.</param>
/// <param name="ResolvedAt">When it was over; null before.</param>
/// <param name="StateAt">When acknowledging or resolving last changed: what is older changes nothing.</param>
[EventType("shadow.outside-page-heard.v1")]
public sealed record OutsidePageHeard(
    string Mode, string Id, string Key, string Service, string Named, string Title, string Url, Instant OpenedAt, bool Urgent,
    IReadOnlyList<OutsideCall> Called, Instant? AcknowledgedAt, string AcknowledgedBy, Instant? ResolvedAt, Instant? StateAt);

/// <summary>One person whom another pager called.</summary>
/// <param name="Person">Opaque id; empty for somebody whom the catalog does not know.</param>
/// <param name="Outside">That one's id at the other pager; empty where it has none but an address or a name.</param>
/// <param name="At">When.</param>
/// <param name="How">Which way, or <c>assigned</c> where only that is known.</param>
/// <param name="Level">From 1.</param>
public sealed record OutsideCall(string Person, string Outside, Instant At, string How, int Level);
