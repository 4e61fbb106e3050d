using Nines.Kernel;
using Nines.Storage;
using NodaTime;

namespace Nines.Tests.Unit.Ground;

/// <summary>A journal in memory that a test can hold, break, or write to as another node would.</summary>
internal sealed class WatchedJournal : IJournal
{
    private readonly MemoryJournal _inner = new();
    private TaskCompletionSource _others = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<int> Appends { get; } = [];

    public int EntriesRead { get; private set; }

    /// <summary>Runs before each append, with its number from 1.</summary>
    public Func<int, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Set, every append is refused with this head.</summary>
    public long? WentBackTo { get; set; }

    /// <summary>Appends as another node.</summary>
    public async Task AppendAsOtherAsync(params object[] events)
    {
        var entries = events.Select(e => new NewEntry(
            new("tests", "other"), e is string type ? type : Known.NameFor(e), Instant.FromUtc(2026, 11, 21, 3, 0), "local", 0, -1, null,
            e is string ? "{}"u8.ToArray() : EventCatalog.Write(e))).ToArray();
        await _inner.AppendAsync(await _inner.HeadAsync(default), entries, default);
    }

    /// <summary>Tells waiters that another node has written.</summary>
    public void TellOthers() => Interlocked.Exchange(ref _others, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public static EventCatalog Known { get; } = new([typeof(Counted), typeof(Doubled), typeof(Told)]);

    public async ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        Appends.Add(entries.Count);
        await BeforeAppend(Appends.Count);
        return WentBackTo is { } back ? new(false, back, []) : await _inner.AppendAsync(head, entries, stop);
    }

    public ValueTask<long> HeadAsync(CancellationToken stop) => _inner.HeadAsync(stop);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var entry in _inner.ReadAsync(after, stop))
        {
            EntriesRead++;
            yield return entry;
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken stop) => _inner.ReadStreamAsync(stream, afterVersion, stop);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop) => _inner.ReadAtAsync(positions, stop);

    public async ValueTask WaitAsync(long position, CancellationToken stop)
    {
        try
        {
            await _others.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // As the contract says.
        }
    }

    public ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop) => _inner.SaveSnapshotAsync(snapshot, stop);

    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop) =>
        _inner.ReadSnapshotAsync(room, foldVersion, atOrBefore, stop);

    public ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop) => _inner.PositionAtAsync(at, stop);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
