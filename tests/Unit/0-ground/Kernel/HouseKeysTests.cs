using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class HouseKeysTests
{
    [Fact]
    public async Task Decide_SameKeyAgain_ChangesNothingAndSaysSo()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();

        Assert.False((await house.CountAsync("x", "k1")).Repeated);
        Assert.True((await house.CountAsync("x", "k1")).Repeated);
        Assert.False((await house.CountAsync("x", "k2")).Repeated);
        Assert.Equal((2, 2L), (house.Count("x"), await rig.Journal.HeadAsync(default)));
    }

    [Fact]
    public async Task Decide_SameKeyTwiceInOneBatch_CountsOnce()
    {
        await using var rig = new HouseRig();
        var hold = new TaskCompletionSource();
        rig.Journal.BeforeAppend = n => n == 1 ? hold.Task : Task.CompletedTask;
        var house = await rig.StartAsync();
        var first = house.CountAsync("first");
        while (rig.Journal.Appends.Count == 0) await Task.Yield();
        var twins = new[] { house.CountAsync("x", "k"), house.CountAsync("x", "k") };
        hold.SetResult();
        await first;

        Assert.Equal([false, true], (await Task.WhenAll(twins)).Select(d => d.Repeated));
        Assert.Equal(1, house.Count("x"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decide_SameKeyAfterARestart_ChangesNothing(bool fromSnapshot)
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.CountAsync("x", "k");
        if (fromSnapshot) await house.SaveSnapshotsAsync(Instant.FromUtc(2026, 11, 21, 4, 0), default);
        await house.DisposeAsync();

        var again = await rig.StartAsync();
        Assert.True((await again.CountAsync("x", "k")).Repeated);
        Assert.Equal(1, again.Count("x"));
    }

    [Fact]
    public async Task Decide_SameKeyAfterADay_IsNew()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.CountAsync("x", "k");
        rig.Clock.Advance(Duration.FromHours(24) + Duration.FromSeconds(1));
        await house.CountAsync("y", "other");

        Assert.False((await house.CountAsync("x", "k")).Repeated);
    }
}
