using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Signals of the embedded store: blocks, states and stream names in their own SQLite file, the log of accepted bodies in
/// segments beside it.
/// </summary>
internal sealed class SqliteSignals : ISignalStore, ISignalContents
{
    private readonly string _file;
    private readonly SqliteDatabase _database;
    private readonly SqliteSignalsWriter _writer;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly WalCheckpointer _checkpointer;
    private readonly GroupCommit<SignalWork> _group;
    private readonly SegmentLog _log;
    private readonly GroupCommit<LogWork> _logGroup;
    private readonly NameMap<string> _streams = new();
    private readonly ConcurrentBag<SqliteSignalsReader> _readers = [];

    /// <param name="file">The database.</param>
    /// <param name="logFolder">Where the segments of the log are.</param>
    public SqliteSignals(string file, string logFolder)
    {
        _file = file;
        _database = SqliteDatabase.OpenWriter(file);
        try
        {
            SqliteSchema.Ensure(_database, SqliteSchema.Signals);
            using (var rows = _database.Prepare("SELECT id, name FROM streams"))
                while (rows.Step()) _streams.Add((int)rows.Long(0), rows.Text(1)!);
            _writer = new(_database, _streams);
            _log = new(logFolder, _database.Scalar("SELECT position FROM checkpoint"));
            _checkpointer = new(file, _gate);
        }
        catch
        {
            _log?.Dispose();
            _database.Dispose();
            throw;
        }

        _group = new(file, CommitAsync);
        _logGroup = new(logFolder, AppendGroup);
    }

    /// <inheritdoc />
    public async ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var work = new LogWork(kind, atUnixMs, body);
        await _logGroup.RunAsync(work, stop);
        return work.Position;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        var forgotten = await CheckpointPositionAsync(stop);
        await foreach (var record in _log.ReadAsync(Math.Max(after, forgotten), stop)) yield return record;
    }

    /// <inheritdoc />
    public async ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop)
    {
        await _group.RunAsync(new CheckpointWork(checkpoint), stop);
        _log.Forget(checkpoint.LogPosition);
    }

    /// <inheritdoc />
    public ValueTask<long> CheckpointPositionAsync(CancellationToken stop) => new(Read(reader => reader.CheckpointPosition()));

    /// <inheritdoc />
    public ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop) => new(Read(reader => reader.State(name)));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop) => new(Read(reader => reader.StateNames(prefix)));

    /// <inheritdoc />
    public ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop) => new(Read(reader => reader.Block(stream, block)));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop) => new(Read(reader => reader.BlockNumbers(stream)));

    /// <inheritdoc />
    public async ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop) => await _group.RunAsync(new DropWork(stream, before), stop);

    /// <inheritdoc />
    public async ValueTask<int> StreamIdAsync(string name, CancellationToken stop)
    {
        if (_streams.TryGet(name, out var id)) return id;
        var work = new StreamWork(name);
        await _group.RunAsync(work, stop);
        return work.Id;
    }

    public IReadOnlyList<(int Id, string Name)> Streams => _streams.All;

    public async Task ImportStreamsAsync(IReadOnlyList<(int Id, string Name)> streams, CancellationToken stop) =>
        await _group.RunAsync(new ImportWork(streams), stop);

    private async ValueTask CommitAsync(IReadOnlyList<SignalWork> group)
    {
        await _gate.WaitAsync();
        try
        {
            _writer.Commit(group);
            _checkpointer.Wrote(group.Sum(w => w.Bytes + 128L));
        }
        finally
        {
            _gate.Release();
        }
    }

    private ValueTask AppendGroup(IReadOnlyList<LogWork> group)
    {
        _log.Append(group);
        return ValueTask.CompletedTask;
    }

    private T Read<T>(Func<SqliteSignalsReader, T> read)
    {
        if (!_readers.TryTake(out var reader)) reader = new(_file);
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _logGroup.DisposeAsync();
        await _group.DisposeAsync();
        _log.Dispose();
        await _checkpointer.DisposeAsync();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        _database.Dispose();
        _gate.Dispose();
    }
}
