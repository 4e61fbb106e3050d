using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// The one journal of everything that happened or was decided. Storage implements it on SQLite and on PostgreSQL,
/// both under one compliance suite.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Appends all of <paramref name="entries"/> or none, right after <paramref name="head"/>, and returns when
    /// they are durable. Another node that was quicker makes it a conflict: catch up, decide again.
    /// </summary>
    /// <param name="head">The newest position that the decision was made on.</param>
    /// <param name="entries">At least one entry, in order.</param>
    /// <param name="stop">Ends the wait; an append that was begun may still become durable.</param>
    /// <exception cref="StorageException">The store refused (disk full, read-only, gone); nothing was written.</exception>
    ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop);

    /// <summary>The newest position; 0 for an empty journal.</summary>
    ValueTask<long> HeadAsync(CancellationToken stop);

    /// <summary>Entries after a position, in order, up to the head at the time of the call.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(long after, CancellationToken stop);

    /// <summary>One stream's entries after a version, in order.</summary>
    IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken stop);

    /// <summary>The entries at given positions; positions that do not exist are left out.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop);

    /// <summary>Returns once there is an entry after <paramref name="position"/> that another node wrote, or when stopped.</summary>
    ValueTask WaitAsync(long position, CancellationToken stop);

    /// <summary>Keeps a snapshot beside the journal.</summary>
    ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop);

    /// <summary>The newest snapshot of one room and fold version at or before a position, or null.</summary>
    ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop);

    /// <summary>The position of the newest entry at or before an instant; 0 where there is none (for time travel).</summary>
    ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop);
}

/// <summary>What an append came to: the position of its last entry, or a conflict with the head as it is now.</summary>
/// <param name="Appended">False when another node's entry stands where these should have gone.</param>
/// <param name="Head">The newest position.</param>
/// <param name="Versions">The stream version given to each appended entry, in order; empty on a conflict.</param>
public readonly record struct AppendResult(bool Appended, long Head, IReadOnlyList<long> Versions);

/// <summary>A room's folded state at a position, as bytes that only the room's fold of that version understands.</summary>
public sealed record JournalSnapshot(string Room, int FoldVersion, long Position, Instant At, ReadOnlyMemory<byte> Data);
