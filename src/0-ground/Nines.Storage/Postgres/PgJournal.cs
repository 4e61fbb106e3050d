using System.Runtime.CompilerServices;
using Nines.Kernel;
using NodaTime;
using Npgsql;

namespace Nines.Storage;

/// <summary>The journal in PostgreSQL, shared by several nodes.</summary>
internal sealed class PgJournal : IJournal
{
    private const int PageSize = 2_000;
    private const string Columns = "position, stream, version, type, at, actor, cause, key, data";

    private readonly PgDatabase _database;
    private readonly PgNotices _notices;
    private readonly PgAppender _appender;
    private readonly NameMap<StreamName> _streams = new();
    private readonly NameMap<string> _types = new();
    private readonly SemaphoreSlim _gate = new(1);

    private PgJournal(PgDatabase database, PgNotices notices, string node)
    {
        (_database, _notices) = (database, notices);
        _appender = new(database, _streams, _types, node);
    }

    public static async Task<PgJournal> OpenAsync(PgDatabase database, PgNotices notices, string node, CancellationToken stop)
    {
        var journal = new PgJournal(database, notices, node);
        await journal._appender.BeginAsync(stop);
        return journal;
    }

    /// <inheritdoc />
    public async ValueTask<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            return await _appender.AppendAsync(head, entries, stop);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask<long> HeadAsync(CancellationToken stop) => (long)(await _database.ScalarAsync("SELECT position FROM nines.head", stop))!;

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        var upTo = await HeadAsync(stop);
        while (after < upTo)
        {
            var page = await ReadAsync("WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3", stop, after, upTo, PageSize);
            if (page.Count == 0 || page[0].Position != after + 1)
                throw new StorageException(SqliteErrors.Damaged($"{_database.Place}, table nines.journal,", $"position {after + 1} is missing"));
            foreach (var entry in page) yield return entry;
            after = page[^1].Position;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<JournalEntry> ReadStreamAsync(StreamName stream, long afterVersion, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!_streams.TryGet(stream, out var id))
        {
            await LoadNamesAsync(stop);
            if (!_streams.TryGet(stream, out id)) yield break;
        }

        List<JournalEntry> page;
        do
        {
            page = await ReadAsync("WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3", stop, id, afterVersion, PageSize);
            foreach (var entry in page) yield return entry;
            if (page.Count > 0) afterVersion = page[^1].Version;
        }
        while (page.Count == PageSize);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken stop)
    {
        var found = (await ReadAsync("WHERE position = ANY($1)", stop, positions.ToArray())).ToDictionary(e => e.Position);
        return [.. positions.Where(found.ContainsKey).Select(p => found[p])];
    }

    /// <inheritdoc />
    public async ValueTask WaitAsync(long position, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var news = _notices.News;
                if (await HeadAsync(stop) > position) return;
                await news.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, as announced.
        }
    }

    /// <inheritdoc />
    public async ValueTask SaveSnapshotAsync(JournalSnapshot snapshot, CancellationToken stop)
    {
        // The newest of each day stays, as in the embedded store.
        var day = snapshot.At.ToUnixTimeTicks() / NodaConstants.TicksPerDay * NodaConstants.TicksPerDay;
        await _database.ExecuteAsync(
            """
            WITH thin AS (DELETE FROM nines.snapshots WHERE room = $1 AND fold = $2 AND position < $3 AND at >= $6)
            INSERT INTO nines.snapshots VALUES($1, $2, $3, $4, $5)
            ON CONFLICT (room, fold, position) DO UPDATE SET at = excluded.at, data = excluded.data
            """,
            stop, snapshot.Room, snapshot.FoldVersion, snapshot.Position, snapshot.At.ToUnixTimeTicks(), snapshot.Data.ToArray(), day);
    }

    /// <inheritdoc />
    public async ValueTask<JournalSnapshot?> ReadSnapshotAsync(string room, int foldVersion, long atOrBefore, CancellationToken stop) =>
        (await _database.RowsAsync(
            "SELECT position, at, data FROM nines.snapshots WHERE room = $1 AND fold = $2 AND position <= $3 ORDER BY position DESC LIMIT 1",
            r => new JournalSnapshot(room, foldVersion, r.GetInt64(0), Instant.FromUnixTimeTicks(r.GetInt64(1)), r.GetFieldValue<byte[]>(2)),
            stop, room, foldVersion, atOrBefore)).FirstOrDefault();

    /// <inheritdoc />
    public async ValueTask<long> PositionAtAsync(Instant at, CancellationToken stop)
    {
        long low = 0;
        var high = await HeadAsync(stop);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var ticks = (long)(await _database.ScalarAsync("SELECT at FROM nines.journal WHERE position = $1", stop, middle))!;
            if (ticks <= at.ToUnixTimeTicks()) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private async Task<List<JournalEntry>> ReadAsync(string where, CancellationToken stop, params object[] parameters)
    {
        var rows = await _database.RowsAsync($"SELECT {Columns} FROM nines.journal {where}", Row.From, stop, parameters);
        if (rows.Any(r => !_streams.TryName(r.Stream, out _) || !_types.TryName(r.Type, out _))) await LoadNamesAsync(stop);
        return [.. rows.Select(r => new JournalEntry(
            r.Position, _streams.Name(r.Stream), r.Version, _types.Name(r.Type), Instant.FromUnixTimeTicks(r.At), r.Actor, r.Cause, r.Key, r.Data))];
    }

    private async Task LoadNamesAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            await _appender.LoadNamesAsync(stop);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _gate.Dispose();
    }

    private readonly record struct Row(long Position, int Stream, long Version, int Type, long At, string Actor, long Cause, string? Key, byte[] Data)
    {
        public static Row From(NpgsqlDataReader r) => new(
            r.GetInt64(0), r.GetInt32(1), r.GetInt64(2), r.GetInt32(3), r.GetInt64(4), r.GetString(5), r.GetInt64(6),
            r.IsDBNull(7) ? null : r.GetString(7), r.GetFieldValue<byte[]>(8));
    }
}
