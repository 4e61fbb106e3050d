using Microsoft.Extensions.DependencyInjection;
using Nines.Host.Simulation;
using Xunit.Abstractions;

namespace Nines.Tests.Stories.Simulation;

/// <summary>
/// The simulation itself: every planted bug is found, within few worlds; the house as it is passes the same worlds; and a
/// seed takes the same way twice.
/// </summary>
public class SimulationTests(ITestOutputHelper output)
{
    // Any will do; it is fixed, so that how many worlds a bug survives is a fact and not luck.
    private const ulong Seed = 1904;

    public static TheoryData<string, string> Bugs => new()
    {
        { nameof(Planted.SendBeforeCommit), "early" },
        { nameof(Planted.TimerInMemory), "lost" },
        { nameof(Planted.CrashWhileSendingCountsAsSent), "lost" },
        { nameof(Planted.DedupEatsANewAlert), "lost" },
        { nameof(Planted.ResolveOvertakesPage), "early" },
        { nameof(Planted.RepeatedKeyWithoutEffect), "lost" },
        { nameof(Planted.LastResortForgotten), "late,lost" },
        { nameof(Planted.AcknowledgeNotFenced), "rangon,late" },
        { nameof(Planted.OverrideLeavesAGap), "gap,lost" },
        { nameof(Planted.SnapshotForgets), "lost,folds" },
        { nameof(Planted.DeadlineForgottenAfterRestart), "late,folds" },
        { nameof(Planted.TurnLostInSnapshot), "lost,folds" },
        { nameof(Planted.ReceiptOfAnother), "lost" },
        { nameof(Planted.OneIsEnough), "rangon,lost" },
        { nameof(Planted.SecondOfACallForgotten), "lost" },
        { nameof(Planted.RolesLostOnRestart), "lost,folds" },
        { nameof(Planted.CheckInTimerInMemory), "late" },
        { nameof(Planted.CorrectionRewritesTheTimeline), "lost" },
        { nameof(Planted.NumberReused), "twice" },
        { nameof(Planted.TwoCommanders), "lost" },
        { nameof(Planted.CheckInEndsNoPage), "late" },
        { nameof(Planted.FurtherPageForgotten), "lost" },
        { nameof(Planted.UnknownCountsAsClean), "early" },
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Run_PlantedBug_IsFound(string bug, string kinds)
    {
        var plant = typeof(Planted).GetMethod(bug)!.CreateDelegate<Action<IServiceCollection>>();
        var report = SimRun.Run(Seed, 4, 1, plant, (_, _) => { }, default);
        var found = Assert.Single(report.Broken.Take(1));
        output.WriteLine($"{bug}: found after {report.Worlds} worlds, in world {found.World} at {found.At}: {found.What}");
        Assert.Contains(found.Kind, kinds.Split(','));
        LongRun.Count("planted bugs found by the simulation", 1);
    }

    [Fact]
    public void Run_SameSeedTwice_TakesTheSameWay()
    {
        var once = SimRun.Run(Seed, 0.2, 10, null, (_, _) => { }, default);
        var again = SimRun.Run(Seed, 0.2, 10, null, (_, _) => { }, default);
        Assert.Equal(once with { Broken = [] }, again with { Broken = [] });
        Assert.NotEqual(once.Digest, SimRun.Run(Seed + 1, 0.2, 10, null, (_, _) => { }, default).Digest);
    }

    [Fact]
    public void Run_BrokenWorld_ReplaysAlike()
    {
        var found = SimRun.Run(Seed, 4, 1, Planted.TimerInMemory, (_, _) => { }, default).Broken[0];
        var replayed = new SimWorld(Seed, found.World, Planted.TimerInMemory).Run().Break!;
        Assert.Equal(found.What, replayed.What);
        Assert.Equal(found.Before, replayed.Before);
        Assert.Equal($"nines simulate --seed {Seed} --world {found.World}", found.Replay);
    }

    [Fact]
    public void Run_TheHouseAsItIs_KeepsEveryPromise()
    {
        // The same worlds as the bugs, and some that nobody has seen; a thousand years of those are lived by `./nines test --long`.
        Live(Seed, 4);
        Live((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 5);
    }

    private void Live(ulong seed, int years)
    {
        var report = SimRun.Run(seed, years, 3, null, (_, _) => { }, default);
        output.WriteLine($"seed {seed}: {report.Worlds} worlds, {report.Alerts} alerts, {report.Pages} pages, {report.Crashes} crashes, {report.Duplicates} duplicates, {report.Events} events");
        Assert.True(report.Broken.Count == 0, string.Join("\n", report.Broken.Select(b => $"{b.Kind} in world {b.World} at {b.At}: {b.What}\n    {string.Join("\n    ", b.Before)}\n  replay: {b.Replay}")));
        Assert.True(report.Alerts >= 500 * years * 0.9 && report.Crashes >= 50 * years * 0.9, $"{report.Alerts} alerts and {report.Crashes} crashes in {years} years");
        LongRun.Count("simulated weeks", report.Worlds);
        LongRun.Count("simulated weeks: alerts accepted", report.Alerts);
        LongRun.Count("simulated weeks: pages", report.Pages);
        LongRun.Count("simulated weeks: crashes", report.Crashes);
    }
}
