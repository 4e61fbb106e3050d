using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Somebody departs from a schedule for a time.</summary>
/// <param name="Id">The override.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Kind">What it does.</param>
/// <param name="In">Id of who comes; empty for a removal.</param>
/// <param name="Out">Id of whose place it is; empty for everybody's.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Request">The cover request that led to it; empty for none.</param>
/// <param name="Note">Why, sealed with the person's key; empty for none.</param>
[EventType("schedules.override-set.v1")]
public sealed record OverrideSet(string Id, string Schedule, OverrideKind Kind, string In, string Out, Instant From, Instant Until, string Request = "", string Note = "");

/// <summary>An override was taken back; what of it was past stays.</summary>
/// <param name="Id">The override.</param>
/// <param name="At">From when it no longer counts.</param>
[EventType("schedules.override-ended.v1")]
public sealed record OverrideEnded(string Id, Instant At);

/// <summary>Other shifts take the place of all layers for a time.</summary>
/// <param name="Id">The temporary schedule.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Shifts">Who, when; people by id.</param>
[EventType("schedules.temporary-set.v1")]
public sealed record TemporarySet(string Id, string Schedule, Instant From, Instant Until, IReadOnlyList<FixedShift> Shifts);

/// <summary>A temporary schedule was taken back; what of it was past stays.</summary>
/// <param name="Id">The temporary schedule.</param>
/// <param name="At">From when it no longer counts.</param>
[EventType("schedules.temporary-ended.v1")]
public sealed record TemporaryEnded(string Id, Instant At);

/// <summary>Somebody asks for cover, or for a swap.</summary>
/// <param name="Id">The request.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="By">Id of who asks.</param>
/// <param name="To">Id of who is asked; empty for anybody.</param>
/// <param name="From">Of the time to be covered.</param>
/// <param name="Until">Of the time to be covered.</param>
/// <param name="Back">The time that whoever asks would take in return; null for plain cover.</param>
[EventType("schedules.cover-asked.v1")]
public sealed record CoverAsked(string Id, string Schedule, string By, string To, Instant From, Instant Until, TimeRange? Back = null);

/// <summary>A request for cover was answered; where it was accepted the overrides stand beside.</summary>
/// <param name="Id">The request.</param>
/// <param name="By">Id of who answered.</param>
/// <param name="Accepted">False where it was declined.</param>
[EventType("schedules.cover-answered.v1")]
public sealed record CoverAnswered(string Id, string By, bool Accepted);

/// <summary>A request for cover was taken back.</summary>
/// <param name="Id">The request.</param>
[EventType("schedules.cover-withdrawn.v1")]
public sealed record CoverWithdrawn(string Id);

/// <summary>How a rotation goes on after its manifest changed, so that whoever was on call still is.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Unit">What its turns are counted in.</param>
/// <param name="Length">How many of them a turn lasts.</param>
/// <param name="Start">Its first hand-over, in local time.</param>
/// <param name="Slots">Who has which turn; people by id.</param>
/// <param name="Shift">So many slots further than counted from the start.</param>
[EventType("schedules.rotation-kept.v1")]
public sealed record RotationKept(string Schedule, string Layer, TurnUnit Unit, int Length, string Start, IReadOnlyList<IReadOnlyList<string>> Slots, int Shift);
