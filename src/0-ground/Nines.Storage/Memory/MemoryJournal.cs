using System.Runtime.CompilerServices;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// The journal in memory, for stories, the simulation and unit tests. It passes the same compliance suite; what it
/// "made durable" outlives its own disposal, so that a test can crash a house and open another over the same journal.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<StreamName, List<JournalEntry>> _streams = [];
    private readonly List<JournalSnapshot> _snapshots = [];

    /// <inheritdoc />
    public ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (head != _entries.Count) return new(new AppendResult(false, _entries.Count, []));
            var versions = new long[entries.Count];
            for (var i = 0; i < versions.Length; i++) versions[i] = Add(entries[i], head);
            return new(new AppendResult(true, _entries.Count, versions));
        }
    }

    private long Add(NewEntry entry, long head)
    {
        if (!_streams.TryGetValue(entry.Stream, out var stream)) _streams[entry.Stream] = stream = [];
        var cause = entry.CauseOffset < 0 ? entry.Cause : head + 1 + entry.CauseOffset;
        var at = Instant.FromUnixTimeTicks(entry.At.ToUnixTimeTicks());
        stream.Add(new(
            _entries.Count + 1, entry.Stream, stream.Count + 1, entry.Type, at, entry.Actor, cause, entry.Key, entry.Data.ToArray()));
        _entries.Add(stream[^1]);
        return stream.Count;
    }

    /// <inheritdoc />
    public ValueTask<long> HeadAsync(CancellationToken stop)
    {
        lock (_gate) return new(_entries.Count);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        var head = await HeadAsync(stop);
        for (var position = Math.Max(after, 0) + 1; position <= head; position++)
        {
            stop.ThrowIfCancellationRequested();
            yield return At(position);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        JournalEntry[] found;
        lock (_gate) found = _streams.TryGetValue(stream, out var all) ? [.. all.Skip((int)Math.Max(afterVersion, 0))] : [];
        foreach (var entry in found)
        {
            stop.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop)
    {
        lock (_gate) return new([.. positions.Where(p => p > 0 && p <= _entries.Count).Select(p => _entries[(int)p - 1])]);
    }

    /// <inheritdoc />
    public async ValueTask WaitAsync(long position, CancellationToken stop)
    {
        // Nobody else writes here.
        var never = new TaskCompletionSource();
        await using var ended = stop.Register(never.SetResult);
        await never.Task;
    }

    /// <inheritdoc />
    public ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop)
    {
        lock (_gate)
        {
            var day = snapshot.At.InUtc().Date;
            _snapshots.RemoveAll(s => s.Room == snapshot.Room && s.FoldVersion == snapshot.FoldVersion
                && (s.Position == snapshot.Position || (s.Position < snapshot.Position && s.At.InUtc().Date >= day)));
            _snapshots.Add(snapshot with
            {
                Data = snapshot.Data.ToArray(),
                At = Instant.FromUnixTimeTicks(snapshot.At.ToUnixTimeTicks()),
            });
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc />
    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop)
    {
        lock (_gate)
        {
            return new(_snapshots.Where(s => s.Room == room && s.FoldVersion == foldVersion && s.Position <= atOrBefore).MaxBy(s => s.Position));
        }
    }

    /// <inheritdoc />
    public ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop)
    {
        lock (_gate)
        {
            return new(BinarySearch.NewestAtOrBefore(
                _entries.Count, at.ToUnixTimeTicks(), position => _entries[(int)position - 1].At.ToUnixTimeTicks()));
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private JournalEntry At(long position)
    {
        lock (_gate) return _entries[(int)position - 1];
    }
}
