namespace Nines.Storage;

/// <summary>Opens the shared store. The node's folder keeps the node's name: its signals are its own.</summary>
internal static class PgStore
{
    public static async Task<Store> OpenAsync(DataDirectory folder, string address, CancellationToken stop)
    {
        var node = NodeName.Read(folder.Folder);
        var database = await PgDatabase.OpenAsync(address, stop);
        var keys = new PgPersonKeys(database);
        var notices = new PgNotices(database, node, keys.Forget);
        try
        {
            await keys.LoadAsync(stop);
            var journal = await PgJournal.OpenAsync(database, notices, node, stop);
            var signals = await PgSignals.OpenAsync(database, node, stop);
            notices.Start();
            return new(journal, signals, new PgLeases(database), keys, async () =>
            {
                await signals.DisposeAsync();
                await journal.DisposeAsync();
                await CloseAsync(notices, database, folder);
            });
        }
        catch
        {
            await notices.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask CloseAsync(PgNotices notices, PgDatabase database, DataDirectory folder)
    {
        await notices.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }
}
