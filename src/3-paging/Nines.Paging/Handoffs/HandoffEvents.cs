using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>A shift began: from now on these people are on call by a schedule.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="People">Opaque ids; none for a gap.</param>
/// <param name="From">Since when.</param>
/// <param name="Layer">The layer that says so, or <c>override</c>, <c>temporary</c>, <c>holiday</c>; empty for a gap.</param>
[EventType("handoffs.shift-began.v1")]
public sealed record ShiftBegan(string Schedule, IReadOnlyList<string> People, Instant From, string Layer);

/// <summary>A shift ended, as it was lived: later edits of the schedule change nothing about it.</summary>
/// <param name="Id">The handoff that it ended with.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="People">Opaque ids; none for a gap.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Layer">As when it began.</param>
[EventType("handoffs.shift-ended.v1")]
public sealed record ShiftEnded(string Id, string Schedule, IReadOnlyList<string> People, Instant From, Instant Until, string Layer);

/// <summary>Somebody said how a shift was.</summary>
/// <param name="Handoff">The handoff with which it ended.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Score">1 (bad) to 5 (good).</param>
[EventType("handoffs.shift-rated.v1")]
public sealed record ShiftRated(string Handoff, string Person, int Score);

/// <summary>Somebody said whether a page was worth the call.</summary>
/// <param name="Page">The page.</param>
/// <param name="Useful">False for a false alarm.</param>
[EventType("handoffs.page-judged.v1")]
public sealed record PageJudged(string Page, bool Useful);
