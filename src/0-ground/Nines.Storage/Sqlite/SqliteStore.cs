namespace Nines.Storage;

/// <summary>Opens the embedded store: three SQLite files and the signal log in one locked folder.</summary>
internal static class SqliteStore
{
    public static async Task<Store> OpenAsync(DataDirectory folder, CancellationToken stop)
    {
        var open = new Stack<Func<ValueTask>>();
        open.Push(() => Close(folder));
        try
        {
            var journal = new SqliteJournal(DataDirectory.JournalFile(folder.Folder));
            open.Push(journal.DisposeAsync);
            var signals = new SqliteSignals(DataDirectory.SignalsFile(folder.Folder), DataDirectory.SignalLogFolder(folder.Folder));
            open.Push(signals.DisposeAsync);
            var keys = new SqlitePersonKeys(DataDirectory.KeysFile(folder.Folder));
            open.Push(() => Close(keys));
            var leases = await SqliteLeases.OpenAsync(journal, stop);
            return new(journal, signals, leases, keys, () => CloseAllAsync(open), folder.Folder);
        }
        catch
        {
            await CloseAllAsync(open);
            throw;
        }
    }

    private static ValueTask Close(IDisposable one)
    {
        one.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Last opened, first closed.</summary>
    private static async ValueTask CloseAllAsync(Stack<Func<ValueTask>> open)
    {
        while (open.TryPop(out var close)) await close();
    }
}
