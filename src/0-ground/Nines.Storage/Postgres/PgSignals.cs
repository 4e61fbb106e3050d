using System.Runtime.CompilerServices;
using Nines.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Nines.Storage;

/// <summary>Signals in PostgreSQL. Each node has its own: it measures its own targets and takes what is sent to it.</summary>
internal sealed class PgSignals : ISignalStore, ISignalContents
{
    private const int PageSize = 64;

    private readonly PgDatabase _database;
    private readonly int _node;
    private readonly NameMap<string> _streams = new();
    private readonly GroupCommit<LogWork> _log;
    private readonly GroupCommit<StreamWork> _names;
    private long _position;

    private PgSignals(PgDatabase database, int node)
    {
        (_database, _node) = (database, node);
        _log = new(database.Place, AppendAsync);
        _names = new(database.Place, NameAsync);
    }

    public static async Task<PgSignals> OpenAsync(PgDatabase database, string nodeName, CancellationToken stop)
    {
        await database.ExecuteAsync("INSERT INTO nines.nodes(name) VALUES($1) ON CONFLICT DO NOTHING", stop, nodeName);
        var node = (int)(await database.ScalarAsync("SELECT id FROM nines.nodes WHERE name = $1", stop, nodeName))!;
        var signals = new PgSignals(database, node);
        signals._position = (long)(await database.ScalarAsync(
            "SELECT greatest((SELECT max(position) FROM nines.signal_log WHERE node = $1), (SELECT checkpoint FROM nines.nodes WHERE id = $1))", stop, node))!;
        foreach (var (id, name) in await database.RowsAsync(
            "SELECT id, name FROM nines.signal_streams WHERE node = $1", r => (r.GetInt32(0), r.GetString(1)), stop, node))
            signals._streams.Add(id, name);
        return signals;
    }

    /// <inheritdoc />
    public async ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var work = new LogWork(kind, atUnixMs, body);
        await _log.RunAsync(work, stop);
        return work.Position;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        List<SignalRecord> page;
        do
        {
            page = await _database.RowsAsync(
                "SELECT position, kind, at, body FROM nines.signal_log WHERE node = $1 AND position > $2 ORDER BY position LIMIT $3",
                r => new SignalRecord(r.GetInt64(0), r.GetInt32(1), r.GetInt64(2), r.GetFieldValue<byte[]>(3)), stop, _node, after, PageSize);
            foreach (var record in page) yield return record;
            if (page.Count > 0) after = page[^1].Position;
        }
        while (page.Count == PageSize);
    }

    /// <inheritdoc />
    public async ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop)
    {
        await WriteAsync(checkpoint, stop);
        // Positions go on after what is forgotten, also where the log began elsewhere (a restored store).
        InterlockedMax(checkpoint.LogPosition);
    }

    private void InterlockedMax(long position)
    {
        for (var seen = Volatile.Read(ref _position); seen < position; seen = Volatile.Read(ref _position))
            Interlocked.CompareExchange(ref _position, position, seen);
    }

    private Task<int> WriteAsync(SignalCheckpoint checkpoint, CancellationToken stop) => _database.GuardAsync(async () =>
    {
        // One batch is one transaction and one round trip.
        await using var batch = _database.Batch();
        Add(batch, """
            INSERT INTO nines.signal_blocks SELECT DISTINCT ON (x.stream, x.block) $1, x.stream, x.block, x.data
            FROM unnest($2::int[], $3::int[], $4::bytea[]) WITH ORDINALITY AS x(stream, block, data, ordinality) ORDER BY x.stream, x.block, x.ordinality DESC
            ON CONFLICT (node, stream, block) DO UPDATE SET data = excluded.data
            """, checkpoint.Blocks.Select(b => b.Stream).ToArray(), checkpoint.Blocks.Select(b => b.Block).ToArray(), checkpoint.Blocks.Select(b => b.Data.ToArray()).ToArray());
        var gone = checkpoint.States.Where(s => s.Value is null).Select(s => s.Key).ToArray();
        Add(batch, "DELETE FROM nines.signal_states WHERE node = $1 AND name = ANY($2)", (object)gone);
        var kept = checkpoint.States.Where(s => s.Value is not null).ToArray();
        Add(batch, """
            INSERT INTO nines.signal_states SELECT $1, x.* FROM unnest($2::text[], $3::bytea[]) AS x
            ON CONFLICT (node, name) DO UPDATE SET data = excluded.data
            """, kept.Select(s => s.Key).ToArray(), kept.Select(s => s.Value!).ToArray());
        Add(batch, "DELETE FROM nines.signal_log WHERE node = $1 AND position <= $2", checkpoint.LogPosition);
        Add(batch, "UPDATE nines.nodes SET checkpoint = $2 WHERE id = $1", checkpoint.LogPosition);
        return await batch.ExecuteNonQueryAsync(stop);
    });

    /// <inheritdoc />
    public async ValueTask<long> CheckpointPositionAsync(CancellationToken stop) =>
        (long)(await _database.ScalarAsync("SELECT checkpoint FROM nines.nodes WHERE id = $1", stop, _node))!;

    /// <inheritdoc />
    public async ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop) =>
        (byte[]?)await _database.ScalarAsync("SELECT data FROM nines.signal_states WHERE node = $1 AND name = $2", stop, _node, name);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop) => await _database.RowsAsync(
        "SELECT name FROM nines.signal_states WHERE node = $1 AND starts_with(name, $2) ORDER BY name", r => r.GetString(0), stop, _node, prefix);

    /// <inheritdoc />
    public async ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop) => (byte[]?)await _database.ScalarAsync(
        "SELECT data FROM nines.signal_blocks WHERE node = $1 AND stream = $2 AND block = $3", stop, _node, stream, block);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop) => await _database.RowsAsync(
        "SELECT block FROM nines.signal_blocks WHERE node = $1 AND stream = $2 ORDER BY block", r => r.GetInt32(0), stop, _node, stream);

    /// <inheritdoc />
    public async ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop) => await _database.ExecuteAsync(
        "DELETE FROM nines.signal_blocks WHERE node = $1 AND stream = $2 AND block < $3", stop, _node, stream, before);

    /// <inheritdoc />
    public async ValueTask<int> StreamIdAsync(string name, CancellationToken stop)
    {
        if (_streams.TryGet(name, out var id)) return id;
        var work = new StreamWork(name);
        await _names.RunAsync(work, stop);
        return work.Id;
    }

    public IReadOnlyList<(int Id, string Name)> Streams => _streams.All;

    public async Task ImportStreamsAsync(IReadOnlyList<(int Id, string Name)> streams, CancellationToken stop)
    {
        await _database.ExecuteAsync(
            "INSERT INTO nines.signal_streams SELECT $1, x.* FROM unnest($2::int[], $3::text[]) AS x", stop, _node, streams.Select(s => s.Id).ToArray(), streams.Select(s => s.Name).ToArray());
        foreach (var (id, name) in streams) _streams.Add(id, name);
    }

    private async ValueTask AppendAsync(IReadOnlyList<LogWork> group)
    {
        for (var i = 0; i < group.Count; i++) group[i].Position = _position + 1 + i;
        await _database.ExecuteAsync(
            "INSERT INTO nines.signal_log SELECT $1, x.* FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::bytea[]) AS x",
            CancellationToken.None, _node, group.Select(w => w.Position).ToArray(), group.Select(w => w.Kind).ToArray(),
            group.Select(w => w.AtUnixMs).ToArray(), group.Select(w => w.Body.ToArray()).ToArray());
        _position += group.Count;
    }

    private async ValueTask NameAsync(IReadOnlyList<StreamWork> group)
    {
        var fresh = new Dictionary<string, int>();
        foreach (var work in group)
        {
            if (!_streams.TryGet(work.Name, out var id) && !fresh.TryGetValue(work.Name, out id)) id = fresh[work.Name] = _streams.Newest + fresh.Count + 1;
            work.Id = id;
        }

        if (fresh.Count == 0) return;
        await _database.ExecuteAsync(
            "INSERT INTO nines.signal_streams SELECT $1, x.* FROM unnest($2::int[], $3::text[]) AS x", CancellationToken.None, _node, fresh.Values.ToArray(), fresh.Keys.ToArray());
        foreach (var (name, id) in fresh) _streams.Add(id, name);
    }

    private void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = _node });
        foreach (var value in values)
        {
            command.Parameters.Add(value is byte[][]? new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea }
                : new() { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _names.DisposeAsync();
    }
}
