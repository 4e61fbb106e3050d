using NodaTime;

namespace Nines.Kernel;

/// <summary>An event that is decided and not yet in the journal; the append gives it position and version.</summary>
/// <param name="CauseOffset">Index within the same append of the event that it reacts to, or -1.</param>
/// <param name="Stream">What it is about.</param>
/// <param name="Type">Versioned type.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Cause">Position of an earlier event that it reacts to; 0 for none, or where <paramref name="CauseOffset"/> says it.</param>
/// <param name="Key">Idempotency key of the command.</param>
/// <param name="Data">The event as JSON, UTF-8.</param>
public sealed record NewEntry(
    StreamName Stream, string Type, Instant At, string Actor, long Cause, int CauseOffset, string? Key, ReadOnlyMemory<byte> Data);
