using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>One page from the first call to its end, as far as health is concerned.</summary>
/// <param name="Page">The page.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burned.</param>
/// <param name="At">The first call.</param>
/// <param name="People">Opaque ids of everybody called.</param>
/// <param name="First">Opaque ids of those called first.</param>
/// <param name="Acknowledged">When somebody took it on; null for nobody.</param>
/// <param name="By">Who; empty for nobody.</param>
/// <param name="Ended">When nothing of it fired any more; null before.</param>
/// <param name="Escalated">True where a second level was called.</param>
/// <param name="Useful">What was said about it; null where nobody did.</param>
public sealed record CallRecord(
    string Page, AlertSeverity Severity, string Service, string Title, Instant At, ImmutableArray<string> People, ImmutableArray<string> First,
    Instant? Acknowledged, string By, Instant? Ended, bool Escalated, bool? Useful);

/// <summary>A shift as it was lived.</summary>
/// <param name="Id">Its handoff; empty while it lasts.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="People">Opaque ids; none for a gap.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null while it lasts.</param>
/// <param name="Layer">What said so.</param>
/// <param name="Position">Where in the journal it ended; 0 while it lasts.</param>
public sealed record LivedShift(string Id, string Schedule, ImmutableArray<string> People, Instant From, Instant? Until, string Layer, long Position);

/// <summary>How somebody found a shift.</summary>
/// <param name="Handoff">The handoff.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Score">1 to 5.</param>
/// <param name="At">When it was said.</param>
public sealed record ShiftScore(string Handoff, string Person, int Score, Instant At);
