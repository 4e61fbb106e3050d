using Nines.Storage;
using NodaTime;

namespace Nines.Tests.Storage;

/// <summary>Sets up one kind of store for the compliance suite: opened again over the same place, as after a restart.</summary>
public interface IStoreBench : IAsyncDisposable
{
    /// <summary>Opens the store; the second time over what the first left.</summary>
    Task<Store> OpenAsync();

    /// <summary>A time for leases, by whatever clock this store goes.</summary>
    Instant Now { get; }

    /// <summary>Lets at least this much time pass by that clock.</summary>
    Task PassAsync(Duration time);
}

/// <summary>Opens the store before each test and closes it after.</summary>
public abstract class StoreCompliance<TBench> : Xunit.IAsyncLifetime where TBench : IStoreBench, new()
{
    protected TBench Bench { get; } = new();

    protected Store Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await Bench.OpenAsync();

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Bench.DisposeAsync();
    }

    /// <summary>Closes and opens again, as a restart does.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await Bench.OpenAsync();
    }
}
