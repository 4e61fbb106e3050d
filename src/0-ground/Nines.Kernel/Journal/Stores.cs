namespace Nines.Kernel;

/// <summary>The four ports that one opened store offers; disposing closes all of them.</summary>
/// <param name="Journal">The one journal.</param>
/// <param name="Signals">Logs and blocks of signals, in their own file.</param>
/// <param name="Leases">Who does which duty.</param>
/// <param name="PersonKeys">The keys of people, outside the journal.</param>
public sealed record Stores(IJournal Journal, ISignalStore Signals, ILeases Leases, IPersonKeys PersonKeys) : IAsyncDisposable
{
    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Signals first: their last checkpoint may still want leases; the journal is the last to go.
        await Signals.DisposeAsync();
        foreach (object port in new object[] { Leases, PersonKeys })
            if (port is IAsyncDisposable closing) await closing.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
