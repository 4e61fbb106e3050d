using Nines.Kernel;

namespace Nines.Tests.Stories;

/// <summary>
/// A journal whose process can die: after that nothing more of it becomes durable. What was durable stays for the next
/// process. It can die right after an append, before anybody hears that it succeeded.
/// </summary>
internal sealed class MortalJournal(IJournal durable) : IJournal
{
    public bool Dead { get; set; }

    /// <summary>Dies after an append that holds an entry of this type.</summary>
    public string? DiesAfter { get; set; }

    public async ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        if (Dead) throw new StorageException("The process is dead.");
        var result = await durable.AppendAsync(head, entries, stop);
        if (DiesAfter is null || entries.All(e => e.Type != DiesAfter)) return result;
        Dead = true;
        throw new StorageException("The process died before it heard that the append succeeded.");
    }

    public ValueTask<long> HeadAsync(CancellationToken stop) => durable.HeadAsync(stop);

    public IAsyncEnumerable<JournalEntry> ReadAsync(long after, CancellationToken stop) => durable.ReadAsync(after, stop);

    public IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken stop) => durable.ReadStreamAsync(stream, afterVersion, stop);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop) => durable.ReadAtAsync(positions, stop);

    public ValueTask WaitAsync(long position, CancellationToken stop) => durable.WaitAsync(position, stop);

    public ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop) => Dead ? ValueTask.CompletedTask : durable.SaveSnapshotAsync(snapshot, stop);

    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop) =>
        durable.ReadSnapshotAsync(room, foldVersion, atOrBefore, stop);

    public ValueTask<long> PositionAtAsync(NodaTime.Instant at, CancellationToken stop) => durable.PositionAtAsync(at, stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
