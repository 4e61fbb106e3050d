using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// Leases of the embedded store. The data folder is locked by one process, so a lease of a former process is free at
/// once; only the rising fence and the version are kept in the file.
/// </summary>
internal sealed class SqliteLeases : ILeases
{
    private readonly SqliteJournal _journal;
    private readonly LeaseTable _table = new();

    private SqliteLeases(SqliteJournal journal) => _journal = journal;

    public static async Task<SqliteLeases> OpenAsync(SqliteJournal journal, CancellationToken stop)
    {
        var leases = new SqliteLeases(journal);
        await journal.WriteAsync(leases.Recall, stop);
        return leases;
    }

    /// <inheritdoc />
    public async ValueTask<Lease?> AcquireAsync(string name, int version, string holder, Duration length, Instant now, CancellationToken stop)
    {
        var lease = _table.Acquire(name, version, holder, length, now, out var changed);
        if (lease is null || !changed) return lease;
        try
        {
            await _journal.WriteAsync(database => Save(database, lease, version), stop);
            return lease;
        }
        catch
        {
            _table.Release(lease);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask ReleaseAsync(Lease lease, CancellationToken stop)
    {
        _table.Release(lease);
        return ValueTask.CompletedTask;
    }

    private void Recall(SqliteDatabase database)
    {
        using var rows = database.Prepare("SELECT name, version, fence FROM leases");
        while (rows.Step()) _table.Recall(rows.Text(0)!, (int)rows.Long(1), rows.Long(2));
    }

    private static void Save(SqliteDatabase database, Lease lease, int version)
    {
        using var save = database.Prepare("INSERT OR REPLACE INTO leases VALUES(?1, ?2, ?3)");
        save.Bind(1, lease.Name).Bind(2, version).Bind(3, lease.Fence).Run();
    }
}
