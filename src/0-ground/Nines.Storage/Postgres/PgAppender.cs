using Nines.Kernel;
using NpgsqlTypes;

namespace Nines.Storage;

/// <summary>
/// Appends in one statement that commits by itself: it moves the head if it still is where the caller saw it, and inserts.
/// No sequence (a follower would miss entries that commit out of order) and no transaction that a paused node could hold open.
/// </summary>
internal sealed class PgAppender(PgDatabase database, NameMap<StreamName> streams, NameMap<string> types, string node)
{
    private const string Statement = $"""
        WITH moved AS (
          UPDATE nines.head SET position = position + $1
          WHERE position = $2 AND epoch = $3 AND timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
          RETURNING position),
        s AS (INSERT INTO nines.streams SELECT x.* FROM moved, unnest($4::int[], $5::text[], $6::text[]) AS x),
        t AS (INSERT INTO nines.types SELECT x.* FROM moved, unnest($7::int[], $8::text[]) AS x),
        j AS (
          INSERT INTO nines.journal
          SELECT $2 + x.ordinality, x.stream, x.version, x.type, x.at, x.actor, x.cause, x.key, x.data
          FROM moved, unnest($9::int[], $10::bigint[], $11::int[], $12::bigint[], $13::text[], $14::bigint[], $15::text[], $16::bytea[])
            WITH ORDINALITY AS x(stream, version, type, at, actor, cause, key, data, ordinality))
        SELECT position, pg_notify('{PgNotices.Appended}', position::text || ' ' || $17) FROM moved
        """;

    private readonly Dictionary<int, long> _versions = [];
    private long _synced;
    private int _epoch;

    /// <summary>Takes note of the server's timeline: after a fail-over a new epoch begins.</summary>
    public async Task BeginAsync(CancellationToken stop)
    {
        await database.ExecuteAsync(
            "UPDATE nines.head SET epoch = epoch + 1, timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) WHERE timeline <> substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)",
            stop);
        _epoch = (int)(await database.ScalarAsync("SELECT epoch FROM nines.head", stop))!;
        await LoadNamesAsync(stop);
    }

    /// <summary>Appends right after a head, or says where the head is now.</summary>
    public async Task<AppendResult> AppendAsync(long head, IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        if (head != _synced) await SyncAsync(stop);
        if (head > _synced) throw PgErrors.WentBack(database.Place, head, _synced);
        if (head < _synced) return new(false, _synced, []);
        var draft = new PgDraft(head, entries, streams, types);
        await LoadVersionsAsync(draft, stop);
        draft.GiveVersions(_versions);
        var moved = await SendAsync(head, draft, stop);
        if (moved is null)
        {
            await SyncAsync(stop);
            return _synced < head ? throw PgErrors.WentBack(database.Place, head, _synced) : new(false, _synced, []);
        }

        draft.Keep(_versions);
        _synced = moved.Value;
        return new(true, _synced, draft.Versions);
    }

    /// <summary>Names that other nodes gave since.</summary>
    public async Task LoadNamesAsync(CancellationToken stop)
    {
        foreach (var (id, name) in await database.RowsAsync(
            "SELECT id, kind, key FROM nines.streams WHERE id > $1", r => (r.GetInt32(0), new StreamName(r.GetString(1), r.GetString(2))), stop, streams.Newest))
            streams.Add(id, name);
        foreach (var (id, name) in await database.RowsAsync(
            "SELECT id, name FROM nines.types WHERE id > $1", r => (r.GetInt32(0), r.GetString(1)), stop, types.Newest))
            types.Add(id, name);
    }

    private async Task<long?> SendAsync(long head, PgDraft draft, CancellationToken stop) => await database.GuardAsync(async () =>
    {
        await using var command = database.Command(Statement, (long)draft.Count, head, _epoch);
        draft.AddTo(command.Parameters);
        command.Parameters.Add(new() { Value = node, NpgsqlDbType = NpgsqlDbType.Text });
        return (long?)await command.ExecuteScalarAsync(stop);
    });

    /// <summary>Catches up with what other nodes appended: names, versions, head; and notices a fail-over.</summary>
    private async Task SyncAsync(CancellationToken stop)
    {
        var (head, epoch, same) = (await database.RowsAsync(
            "SELECT position, epoch, timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) FROM nines.head",
            r => (r.GetInt64(0), r.GetInt32(1), r.GetBoolean(2)), stop))[0];
        if (epoch != _epoch || !same) throw PgErrors.FailedOver(database.Place, _epoch, same ? epoch : epoch + 1);
        await LoadNamesAsync(stop);
        foreach (var (stream, version) in await database.RowsAsync(
            "SELECT stream, max(version) FROM nines.journal WHERE position > $1 AND position <= $2 GROUP BY stream",
            r => (r.GetInt32(0), r.GetInt64(1)), stop, _synced, head))
        {
            if (_versions.ContainsKey(stream)) _versions[stream] = version;
        }

        _synced = head;
    }

    private async Task LoadVersionsAsync(PgDraft draft, CancellationToken stop)
    {
        var unknown = draft.KnownStreams.Where(id => !_versions.ContainsKey(id)).ToArray();
        if (unknown.Length == 0) return;
        foreach (var (stream, version) in await database.RowsAsync(
            "SELECT stream, max(version) FROM nines.journal WHERE stream = ANY($1) AND position <= $2 GROUP BY stream",
            r => (r.GetInt32(0), r.GetInt64(1)), stop, unknown, _synced))
            _versions[stream] = version;
    }
}
