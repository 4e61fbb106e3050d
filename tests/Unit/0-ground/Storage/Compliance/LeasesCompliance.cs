using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Storage;

/// <summary>What leases must do, whatever keeps them.</summary>
public abstract class LeasesCompliance<TBench> : StoreCompliance<TBench> where TBench : IStoreBench, new()
{
    // Long enough that none lapses between two lines of a test on a busy machine.
    private static readonly Duration Length = Duration.FromSeconds(3);

    [Fact]
    public async Task Acquire_Free_IsGivenAndRenewedUnderOneFence()
    {
        var first = await AcquireAsync("a");
        var renewed = await AcquireAsync("a");

        Assert.Equal(("duty", "a"), (first!.Name, first.Holder));
        Assert.Equal(first.Fence, renewed!.Fence);
        Assert.True(renewed.Until >= first.Until);
    }

    [Fact]
    public async Task Acquire_HeldByAnother_IsRefusedUntilItLapses()
    {
        var first = await AcquireAsync("a");
        Assert.Null(await AcquireAsync("b"));
        await Bench.PassAsync(Length + Duration.FromMilliseconds(100));

        var second = await AcquireAsync("b");
        Assert.True(second!.Fence > first!.Fence);
        Assert.Null(await AcquireAsync("a"));
    }

    [Fact]
    public async Task Acquire_OwnLeaseLapsed_GetsAHigherFence()
    {
        var first = await AcquireAsync("a");
        await Bench.PassAsync(Length + Duration.FromMilliseconds(100));

        Assert.True((await AcquireAsync("a"))!.Fence > first!.Fence);
    }

    [Fact]
    public async Task Release_Held_IsFreeAtOnce()
    {
        var first = await AcquireAsync("a");
        await Store.Leases.ReleaseAsync(first!, default);

        Assert.True((await AcquireAsync("b"))!.Fence > first!.Fence);
    }

    [Fact]
    public async Task Release_ByAStaleHolder_ChangesNothing()
    {
        var stale = await AcquireAsync("a");
        await Bench.PassAsync(Length + Duration.FromMilliseconds(100));
        await AcquireAsync("b");
        await Store.Leases.ReleaseAsync(stale!, default);

        Assert.Null(await AcquireAsync("a"));
    }

    [Fact]
    public async Task Acquire_NewerVersion_WaitsForTheLeaseAndKeepsTheOldOneFromRenewing()
    {
        var old = await AcquireAsync("a", version: 1);
        Assert.Null(await AcquireAsync("b", version: 2));
        await Bench.PassAsync(Length + Duration.FromMilliseconds(100));
        Assert.Null(await AcquireAsync("a", version: 1));

        var newer = await AcquireAsync("b", version: 2);
        Assert.True(newer!.Fence > old!.Fence);
        await Store.Leases.ReleaseAsync(newer, default);
        Assert.Null(await AcquireAsync("a", version: 1));
        Assert.NotNull(await AcquireAsync("a", version: 2));
    }

    /// <summary>As after the clock was set back by an hour: the lease of a holder that died ends far in the future.</summary>
    [Fact]
    public async Task Acquire_HeldFarIntoTheFuture_LastsOneLengthFromThen()
    {
        var dead = await Store.Leases.AcquireAsync("duty", 1, "a", Duration.FromHours(1), Bench.Now, default);
        Assert.Null(await AcquireAsync("b"));
        await Bench.PassAsync(Length + Duration.FromMilliseconds(100));

        Assert.True((await AcquireAsync("b"))!.Fence > dead!.Fence);
    }

    [Fact]
    public async Task Acquire_TwoNames_DoNotTouchEachOther()
    {
        Assert.NotNull(await AcquireAsync("a"));
        Assert.NotNull(await AcquireAsync("b", name: "other"));
    }

    [Fact]
    public async Task Reopen_AfterALease_TheFenceKeepsRising()
    {
        var first = await AcquireAsync("a");
        await Store.Leases.ReleaseAsync(first!, default);
        await ReopenAsync();

        Assert.True((await AcquireAsync("b"))!.Fence > first!.Fence);
        Assert.Null(await AcquireAsync("c", version: 0));
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_OneGetsIt()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AcquireAsync("node" + i)));

        Assert.Single(all, lease => lease is not null);
    }

    private Task<Lease?> AcquireAsync(string holder, int version = 1, string name = "duty") =>
        Store.Leases.AcquireAsync(name, version, holder, Length, Bench.Now, default).AsTask();
}
