using System.Runtime.CompilerServices;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// The journal as one process reaches it. What is durable outlives the process; the process can die right before an append,
/// or right after it and before anybody hears of it. The disk can be slow, or full for a while.
/// </summary>
internal sealed class SimJournal(IJournal durable, SimProcess process, SimFaults faults) : IJournal
{
    public async ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        if (faults.DiskFull(process.World.Now)) throw new StorageException("The disk is full; nothing was written.");
        if (faults.DiskDelay() is { } wait) await Task.Delay(wait, process.Clock, CancellationToken.None);
        if (process.Dies(CrashPoint.BeforeAppend)) return await Never<AppendResult>();
        var result = await durable.AppendAsync(head, entries, CancellationToken.None);
        if (result.Appended) process.Ledger.Durable(head, entries);
        return process.Dies(CrashPoint.AfterAppend) ? await Never<AppendResult>() : result;
    }

    public ValueTask<long> HeadAsync(CancellationToken stop) => durable.HeadAsync(stop);

    public IAsyncEnumerable<JournalEntry> ReadAsync(long after, CancellationToken stop) => durable.ReadAsync(after, stop);

    public IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken stop) =>
        durable.ReadStreamAsync(stream, afterVersion, stop);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop) => durable.ReadAtAsync(positions, stop);

    public ValueTask WaitAsync(long position, CancellationToken stop) => new(Never<bool>());

    public ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop)
    {
        if (process.Caught is not { } caught) return durable.SaveSnapshotAsync(snapshot, stop);
        caught[snapshot.Room] = snapshot.Data.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop) =>
        durable.ReadSnapshotAsync(room, foldVersion, atOrBefore, stop);

    public ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop) => durable.PositionAtAsync(at, stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a dead process waits for.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}

/// <summary>The journal up to a position, for a house that only reads.</summary>
internal sealed class PastJournal(IJournal durable, long upTo, bool fromSnapshots) : IJournal
{
    /// <summary>Each room's bytes, as the house over this journal saved them.</summary>
    public SortedDictionary<string, byte[]> Caught { get; } = new(StringComparer.Ordinal);

    public ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop) => throw new InvalidOperationException("This house only reads.");

    public ValueTask<long> HeadAsync(CancellationToken stop) => new(upTo);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var entry in durable.ReadAsync(after, stop))
        {
            if (entry.Position > upTo) break;
            yield return entry;
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken stop) =>
        durable.ReadStreamAsync(stream, afterVersion, stop);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop) => durable.ReadAtAsync(positions, stop);

    public ValueTask WaitAsync(long position, CancellationToken stop) => new(SimJournal.Never<bool>());

    public ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop)
    {
        Caught[snapshot.Room] = snapshot.Data.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop) =>
        fromSnapshots ? durable.ReadSnapshotAsync(room, foldVersion, Math.Min(atOrBefore, upTo), stop) : new((JournalSnapshot?)null);

    public ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop) => durable.PositionAtAsync(at, stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
