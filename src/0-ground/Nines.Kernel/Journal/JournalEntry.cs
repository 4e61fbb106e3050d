using NodaTime;

namespace Nines.Kernel;

/// <summary>One event as the journal keeps it, for ever, in one gapless order.</summary>
/// <param name="Position">Its place in the journal, from 1, without gaps, never reused.</param>
/// <param name="Stream">What it is about.</param>
/// <param name="Version">Its place in that stream, from 1.</param>
/// <param name="Type">Versioned type, such as <c>alerts.raised.v1</c>; unknown ones are kept.</param>
/// <param name="At">When it was decided, by the node's clock.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Cause">The position of the event that it reacts to, 0 where a command caused it.</param>
/// <param name="Key">The idempotency key of the command, null where it had none.</param>
/// <param name="Data">The event as JSON, UTF-8.</param>
public sealed record JournalEntry(
    long Position, StreamName Stream, long Version, string Type, Instant At, string Actor, long Cause, string? Key,
    ReadOnlyMemory<byte> Data);
