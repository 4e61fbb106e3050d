using Microsoft.Extensions.Logging.Abstractions;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class DutyRunnerTests
{
    [Fact]
    public async Task Run_DueLater_RunsThenAndNotBefore()
    {
        await using var rig = new HouseRig();
        var duty = new TestDuty { Due = rig.Clock.Now() + Duration.FromSeconds(30) };
        await using var runner = await StartAsync(rig, duty);

        await AdvanceAsync(rig.Clock, 29);
        Assert.Empty(duty.Runs);
        await AdvanceAsync(rig.Clock, 2);
        Assert.Equal(30, (Assert.Single(duty.Runs) - TestStart).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task Run_StateChanges_WakesAtOnce()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var duty = new TestDuty { DueWhen = state => state.Get<Tally>().Of("x") > 0 ? Instant.MinValue : null };
        await using var runner = Runner(house, new MemoryLeases(), rig.Clock, duty);
        runner.Start();

        await house.CountAsync("x");
        await UntilAsync(() => duty.Runs.Count > 0);
        Assert.Single(duty.Runs);
    }

    [Fact]
    public async Task Run_StillDueAfterwards_RestsASecondInsteadOfSpinning()
    {
        await using var rig = new HouseRig();
        var duty = new TestDuty { DueWhen = _ => Instant.MinValue };
        await using var runner = await StartAsync(rig, duty);
        await UntilAsync(() => duty.Runs.Count == 1);
        await Task.Delay(50);

        Assert.Single(duty.Runs);
        await AdvanceAsync(rig.Clock, 1);
        await UntilAsync(() => duty.Runs.Count == 2);
        Assert.Equal(2, duty.Runs.Count);
    }

    [Fact]
    public async Task Run_Throws_IsTriedAgainSlowerEachTime()
    {
        await using var rig = new HouseRig();
        var duty = new TestDuty { DueWhen = _ => Instant.MinValue, Fails = true };
        await using var runner = await StartAsync(rig, duty);
        for (var second = 0; second < 20; second++) await AdvanceAsync(rig.Clock, 1);

        var gaps = duty.Runs.Zip(duty.Runs.Skip(1), (a, b) => Math.Round((b - a).TotalSeconds)).ToArray();
        Assert.Equal([1, 2, 4, 8], gaps.Take(4));
    }

    [Fact]
    public async Task Run_TwoNodes_OneHasTheLeaseUntilItStops()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var leases = new MemoryLeases();
        var (one, two) = (new TestDuty { DueWhen = _ => Instant.MinValue }, new TestDuty { DueWhen = _ => Instant.MinValue });
        var first = Runner(house, leases, rig.Clock, one);
        first.Start();
        await UntilAsync(() => one.Runs.Count > 0);
        await using var second = Runner(house, leases, rig.Clock, two);
        second.Start();
        await AdvanceAsync(rig.Clock, 5, loops: 2);
        Assert.Empty(two.Runs);

        await first.DisposeAsync();
        await AdvanceAsync(rig.Clock, 2);
        await UntilAsync(() => two.Runs.Count > 0);
        Assert.NotEmpty(two.Runs);
    }

    [Fact]
    public async Task Run_ClockSetBackAfterARest_DoesNotRestAnew()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var leases = new MemoryLeases();
        await leases.AcquireAsync("tests.duty", 1, "a process that died", Duration.FromSeconds(2), rig.Clock.Now(), default);
        var duty = new TestDuty { Due = Instant.MinValue };
        await using var runner = Runner(house, leases, rig.Clock, duty);
        runner.Start();
        await AdvanceAsync(rig.Clock, 5);
        Assert.Single(duty.Runs);

        rig.Clock.Advance(-Duration.FromHours(1));
        duty.Due = Instant.MinValue;
        await house.CountAsync("x");
        await UntilAsync(() => duty.Runs.Count == 2);
        Assert.Equal(2, duty.Runs.Count);
    }

    [Fact]
    public async Task Run_EveryNode_NeedsNoLease()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var leases = new MemoryLeases();
        await leases.AcquireAsync("tests.duty", 9, "somebody", Duration.FromDays(1), rig.Clock.Now(), default);
        var duty = new TestDuty { DueWhen = _ => Instant.MinValue, Everywhere = true };
        await using var runner = Runner(house, leases, rig.Clock, duty);
        runner.Start();
        await UntilAsync(() => duty.Runs.Count > 0);

        Assert.Single(duty.Runs);
    }

    [Fact]
    public async Task Run_OneTakesLong_OthersKeepTheirTime()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var (hold, slow, quick) = (new TaskCompletionSource(), new TestDuty("tests.slow") { DueWhen = _ => Instant.MinValue }, new TestDuty { DueWhen = _ => Instant.MinValue });
        slow.Holds = hold.Task;
        var runner = new DutyRunner(house, new MemoryLeases(), [slow, quick], new IdSource(), rig.Clock, NullLogger<DutyRunner>.Instance);
        runner.Start();
        await UntilAsync(() => slow.Runs.Count == 1 && quick.Runs.Count == 1);
        await AdvanceAsync(rig.Clock, 1);
        await UntilAsync(() => quick.Runs.Count == 2);

        Assert.Equal((1, 2), (slow.Runs.Count, quick.Runs.Count));
        hold.SetResult();
        await runner.DisposeAsync();
    }

    [Fact]
    public async Task Run_StateChangesDuringIt_IsLookedAtAgainAtOnce()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var hold = new TaskCompletionSource();
        var duty = new TestDuty { DueWhen = _ => Instant.MinValue, Holds = hold.Task };
        await using var runner = Runner(house, new MemoryLeases(), rig.Clock, duty);
        runner.Start();
        await UntilAsync(() => duty.Runs.Count == 1);
        await house.CountAsync("x");
        hold.SetResult();

        await UntilAsync(() => duty.Runs.Count == 2);
        Assert.Equal(2, duty.Runs.Count);
    }

    private static Instant TestStart { get; } = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static async Task<DutyRunner> StartAsync(HouseRig rig, Duty duty)
    {
        var runner = Runner(await rig.StartAsync(), new MemoryLeases(), rig.Clock, duty);
        runner.Start();
        return runner;
    }

    private static DutyRunner Runner(House house, ILeases leases, ManualClock clock, Duty duty) =>
        new(house, leases, [duty], new IdSource(), clock, NullLogger<DutyRunner>.Instance);

    /// <summary>Moves the clock in steps, and lets every loop come to rest before and after each.</summary>
    private static async Task AdvanceAsync(ManualClock clock, int seconds, int loops = 1)
    {
        for (var i = 0; i < seconds * 2; i++)
        {
            await UntilAsync(() => clock.Armed >= loops);
            clock.Advance(Duration.FromMilliseconds(500));
        }

        await UntilAsync(() => clock.Armed >= loops);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 2_000 && !condition(); i++) await Task.Delay(5);
    }

    private sealed class TestDuty(string name = "tests.duty") : Duty
    {
        private readonly Lock _gate = new();
        private readonly List<Instant> _runs = [];

        public Instant? Due { get; set; }

        public Func<HouseState, Instant?>? DueWhen { get; init; }

        public bool Fails { get; init; }

        public bool Everywhere { get; init; }

        public Task Holds { get; set; } = Task.CompletedTask;

        public IReadOnlyList<Instant> Runs
        {
            get
            {
                lock (_gate) return [.. _runs];
            }
        }

        public override string Name => name;

        public override bool EveryNode => Everywhere;

        public override Instant? NextDue(HouseState state) => DueWhen is null ? Due : DueWhen(state);

        public override Task RunAsync(Instant now, CancellationToken stop)
        {
            lock (_gate) _runs.Add(now);
            Due = null;
            return Fails ? throw new InvalidOperationException("it fails") : Holds;
        }
    }
}
