using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class HouseReachTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Reach_AlreadyThere_IsTrueAtOnce()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.CountAsync("x");

        Assert.True(await house.ReachAsync(1, TimeSpan.Zero, rig.Clock, default));
    }

    [Fact]
    public async Task Reach_OtherNodeIsAhead_WaitsUntilThisOneHasCaughtUp()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var reached = house.ReachAsync(1, Patience, rig.Clock, default);
        Assert.False(reached.IsCompleted);
        await rig.Journal.AppendAsOtherAsync(new Counted("x", 7));
        rig.Journal.TellOthers();

        Assert.True(await reached.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(7, house.Count("x"));
    }

    [Fact]
    public async Task Reach_NeverComes_IsFalseWhenPatienceEnds()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var reached = house.ReachAsync(1, Patience, rig.Clock, default);
        await house.DecideAsync<int>(Actor.Local, _ => 0);
        Assert.False(reached.IsCompleted);
        rig.Clock.Advance(Duration.FromTimeSpan(Patience));

        Assert.False(await reached.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
