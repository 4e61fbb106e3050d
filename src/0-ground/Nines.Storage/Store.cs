using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// The four ports of a node over one store: journal, signals, leases and people's keys. Closing it closes all of them.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    private readonly Func<ValueTask> _close;

    internal Store(IJournal journal, ISignalStore signals, ILeases leases, IPersonKeys keys, Func<ValueTask> close, string? folder = null)
    {
        Folder = folder;
        (Journal, Signals, Leases, Keys) = (journal, signals, leases, keys);
        _close = close;
    }

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The measured signals.</summary>
    public ISignalStore Signals { get; }

    /// <summary>Who does which duty.</summary>
    public ILeases Leases { get; }

    /// <summary>People's keys.</summary>
    public IPersonKeys Keys { get; }

    /// <summary>The folder whose files are the store; null where it is elsewhere (PostgreSQL, memory).</summary>
    public string? Folder { get; }

    /// <summary>The folder of this node, whatever the store is; null in memory.</summary>
    public string? NodeFolder { get; private set; }

    /// <summary>Opens the store that the options name, made when new.</summary>
    /// <exception cref="StorageException">It cannot be used; the message says why and what to do.</exception>
    public static async Task<Store> OpenAsync(StoreLocation options, CancellationToken stop = default)
    {
        var folder = DataDirectory.Open(options.DataDirectory);
        try
        {
            var store = options.Postgres is { } address
                ? await PgStore.OpenAsync(folder, address, stop)
                : await SqliteStore.OpenAsync(folder, stop);
            folder.CloseToOthers();
            store.NodeFolder = folder.Folder;
            return store;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A store in memory, for stories, the simulation and unit tests.</summary>
    public static Store InMemory() =>
        new(new MemoryJournal(), new MemorySignals(), new MemoryLeases(), new MemoryPersonKeys(), () => ValueTask.CompletedTask);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _close();
}
