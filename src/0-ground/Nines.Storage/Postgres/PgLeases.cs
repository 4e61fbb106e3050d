using System.Collections.Concurrent;
using System.Diagnostics;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// Leases of several nodes, by the database's clock: nodes whose clocks differ agree. A lease that this node renewed within
/// the last third of its length is answered from memory; nobody else can have it yet.
/// </summary>
internal sealed class PgLeases(PgDatabase database) : ILeases
{
    // A newer version waits for the older holder's lease to lapse, but marks the row, so that the older cannot renew. To others
    // a lease lasts one length at most: where the clock was set back, a holder that died would seem to have it for hours.
    private const string Statement = """
        INSERT INTO nines.leases AS l VALUES($1, $2, $3, 1, clock_timestamp() + $4)
        ON CONFLICT (name) DO UPDATE SET
          version = $2,
          holder = CASE WHEN l.holder = $3 OR l.holder IS NULL OR l.until <= clock_timestamp() THEN $3 ELSE l.holder END,
          fence = CASE
            WHEN l.holder = $3 AND l.until > clock_timestamp() AND l.version = $2 THEN l.fence
            WHEN l.holder = $3 OR l.holder IS NULL OR l.until <= clock_timestamp() THEN l.fence + 1
            ELSE l.fence END,
          until = CASE WHEN l.holder = $3 OR l.holder IS NULL OR l.until <= clock_timestamp() THEN clock_timestamp() + $4 ELSE LEAST(l.until, clock_timestamp() + $4) END
        WHERE l.version <= $2 AND (l.holder = $3 OR l.holder IS NULL OR l.until <= clock_timestamp() OR l.until > clock_timestamp() + $4 OR l.version < $2)
        RETURNING fence, until, holder = $3
        """;

    private readonly ConcurrentDictionary<(string Name, string Holder, int Version), (Lease Lease, long Asked, Duration Length)> _fresh = [];

    /// <inheritdoc />
    public async ValueTask<Lease?> AcquireAsync(string name, int version, string holder, Duration length, Instant now, CancellationToken stop)
    {
        var key = (name, holder, version);
        var asked = Stopwatch.GetTimestamp();
        if (_fresh.TryGetValue(key, out var known) && known.Length == length && Stopwatch.GetElapsedTime(known.Asked, asked) < length.ToTimeSpan() / 3)
            return known.Lease;
        var rows = await database.RowsAsync(
            Statement, r => (Fence: r.GetInt64(0), Until: Instant.FromDateTimeUtc(r.GetDateTime(1)), Mine: r.GetBoolean(2)), stop, name, version, holder, length.ToTimeSpan());
        if (rows is not [{ Mine: true } row])
        {
            _fresh.TryRemove(key, out _);
            return null;
        }

        var lease = new Lease(name, holder, row.Fence, row.Until);
        _fresh[key] = (lease, asked, length);
        return lease;
    }

    /// <inheritdoc />
    public async ValueTask ReleaseAsync(Lease lease, CancellationToken stop)
    {
        foreach (var key in _fresh.Keys.Where(k => k.Name == lease.Name && k.Holder == lease.Holder)) _fresh.TryRemove(key, out _);
        await database.ExecuteAsync(
            "UPDATE nines.leases SET holder = NULL, until = clock_timestamp() WHERE name = $1 AND holder = $2 AND fence = $3", stop, lease.Name, lease.Holder, lease.Fence);
    }
}
