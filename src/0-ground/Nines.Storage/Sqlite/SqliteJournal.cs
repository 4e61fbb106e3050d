using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>The journal in one SQLite file: one writer, any number of readers on connections of their own.</summary>
internal sealed class SqliteJournal : IJournal
{
    // Rows are read in pages, so that no reader keeps the write-ahead log from starting over.
    private const int PageSize = 1_000;

    private readonly string _file;
    private readonly NameMap<StreamName> _streams = new();
    private readonly NameMap<string> _types = new();
    private readonly SqliteJournalWriter _writer;
    private readonly WalCheckpointer _checkpointer;
    private readonly HeadWitness _witness;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentBag<SqliteJournalReader> _readers = [];
    private long _head;

    /// <summary>Opens the journal, made when new.</summary>
    /// <exception cref="StorageException">It is newer, damaged, read-only, or lost acknowledged entries.</exception>
    public SqliteJournal(string file)
    {
        _file = file;
        _writer = new(file, _streams, _types);
        try
        {
            _head = _writer.Head;
            _witness = new(Path.ChangeExtension(file, ".head"));
            _witness.Check(file, _head);
            _witness.Write(_head);
            _checkpointer = new(file, _gate);
        }
        catch
        {
            _witness?.Dispose();
            _writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (head != _writer.Head) return new(false, _writer.Head, []);
            var versions = _writer.Append(entries);
            Volatile.Write(ref _head, _writer.Head);
            _witness.Write(_writer.Head);
            _checkpointer.Wrote(entries.Sum(e => e.Data.Length + 256L));
            return new(true, _writer.Head, versions);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public ValueTask<long> HeadAsync(CancellationToken stop) => new(Volatile.Read(ref _head));

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        var upTo = await HeadAsync(stop);
        var page = new List<JournalEntry>();
        while (after < upTo)
        {
            stop.ThrowIfCancellationRequested();
            page.Clear();
            Read(reader => reader.Page(after, upTo, PageSize, page));
            if (page.Count == 0 || page[0].Position != after + 1) throw Hole(after + 1);
            foreach (var entry in page) yield return entry;
            after = page[^1].Position;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, [EnumeratorCancellation] CancellationToken stop)
    {
        var upTo = await HeadAsync(stop);
        if (!_streams.TryGet(stream, out var id)) yield break;
        var page = new List<JournalEntry>();
        do
        {
            stop.ThrowIfCancellationRequested();
            page.Clear();
            Read(reader => reader.StreamPage(id, afterVersion, PageSize, page));
            foreach (var entry in page.TakeWhile(e => e.Position <= upTo)) yield return entry;
            if (page.Count > 0) afterVersion = page[^1].Version;
        }
        while (page.Count == PageSize && page[^1].Position <= upTo);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop)
    {
        var found = new List<JournalEntry>(positions.Count);
        Read(reader =>
        {
            foreach (var position in positions) reader.At(position, found);
        });
        return new(found);
    }

    /// <inheritdoc />
    public async ValueTask WaitAsync(long position, CancellationToken stop)
    {
        // The data folder is locked by this process: nobody else writes.
        var never = new TaskCompletionSource();
        await using var ended = stop.Register(never.SetResult);
        await never.Task;
    }

    /// <inheritdoc />
    public async ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop)
    {
        await WriteAsync(database => SqliteSnapshots.Save(database, snapshot), stop);
        _checkpointer.Wrote(snapshot.Data.Length);
    }

    /// <inheritdoc />
    public ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop)
    {
        JournalSnapshot? found = null;
        Read(reader => found = reader.Snapshot(room, foldVersion, atOrBefore));
        return new(found);
    }

    /// <inheritdoc />
    public async ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop)
    {
        var head = await HeadAsync(stop);
        var wanted = at.ToUnixTimeTicks();
        long found = 0;
        Read(reader => found = BinarySearch.NewestAtOrBefore(head, wanted, reader.TicksAt));
        return found;
    }

    /// <summary>Writes beside the journal (snapshots, leases) in a transaction of its own, in turn with the appends.</summary>
    public async ValueTask WriteAsync(Action<SqliteDatabase> write, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            _writer.Write(write);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Read(Action<SqliteJournalReader> read)
    {
        if (!_readers.TryTake(out var reader)) reader = new(_file, _streams, _types);
        try
        {
            read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    private StorageException Hole(long position) =>
        new(SqliteErrors.Damaged(_file, $"position {position} is missing"));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _checkpointer.DisposeAsync();
        await _gate.WaitAsync();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        _writer.Dispose();
        _witness.Dispose();
        _gate.Dispose();
    }
}
