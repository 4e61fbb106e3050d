using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class HouseHistoryTests
{
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 21, 9, 0);

    [Fact]
    public async Task Start_OverAJournal_FoldsItToTheSameState()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 30; i++) await house.CountAsync("n" + (i % 4));
        await house.CountAsync("a");
        await rig.Journal.AppendAsOtherAsync("unknown.of.this.build.v9");

        var again = await rig.StartAsync();
        Assert.Equal(house.State.Get<Tally>().Counts, again.State.Get<Tally>().Counts);
        Assert.Equal((34, 33), (again.State.Position, house.State.Position));
    }

    [Fact]
    public async Task Start_WithASnapshot_ReadsOnlyWhatCameAfter()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 20; i++) await house.CountAsync("x");
        await house.SaveSnapshotsAsync(Later, default);
        Assert.Equal((20, Later), house.NewestSnapshot);
        await house.CountAsync("x");
        var before = rig.Journal.EntriesRead;

        var again = await rig.StartAsync();
        Assert.Equal(1, rig.Journal.EntriesRead - before);
        Assert.Equal((21, 21L), (again.Count("x"), again.State.Position));
        Assert.Equal((20, Later), again.NewestSnapshot);
    }

    [Fact]
    public async Task Start_OtherFoldVersion_FoldsAnew()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 5; i++) await house.CountAsync("x");
        await house.SaveSnapshotsAsync(Later, default);

        Assert.Equal(10, (await rig.StartAsync(new TallyFold(version: 2))).Count("x"));
    }

    [Fact]
    public async Task Start_UnreadableSnapshot_FoldsTheJournalInstead()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 5; i++) await house.CountAsync("x");
        await house.SaveSnapshotsAsync(Later, default);

        Assert.Equal(5, (await rig.StartAsync(new TallyFold(unreadable: true))).Count("x"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(10, 10)]
    [InlineData(14, 14)]
    [InlineData(99, 20)]
    public async Task StateAt_PastPosition_IsWhatItWas(long position, int expected)
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await house.CountAsync("x");
            if (i == 9) await house.SaveSnapshotsAsync(Later, default);
        }

        var then = await house.StateAtAsync(position, default);
        Assert.Equal((expected, Math.Min(position, 20)), (then.Get<Tally>().Of("x"), then.Position));
        Assert.Equal(20, house.Count("x"));
    }

    [Fact]
    public async Task StateAt_AfterASnapshot_ReadsOnlyFromThere()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await house.CountAsync("x");
            if (i == 9) await house.SaveSnapshotsAsync(Later, default);
        }

        var before = rig.Journal.EntriesRead;
        await house.StateAtAsync(12, default);
        Assert.InRange(rig.Journal.EntriesRead - before, 2, 3);
    }

    [Fact]
    public async Task SnapshotDuty_NothingNew_IsNotDue()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var duty = new Nines.Kernel.SnapshotDuty(house);
        Assert.Null(duty.NextDue(house.State));

        await house.CountAsync("x");
        Assert.True(duty.NextDue(house.State) <= Later);
        await duty.RunAsync(Later, default);
        Assert.Null(duty.NextDue(house.State));

        await house.CountAsync("x");
        Assert.Equal(Later + Duration.FromDays(1), duty.NextDue(house.State));
    }

    /// <summary>What one start had to fold, the next need not: a server that is killed again and again starts no slower for it.</summary>
    [Fact]
    public async Task SnapshotDuty_AStartThatFoldedMany_IsDueAtOnce()
    {
        await using var rig = new HouseRig();
        var first = await rig.StartAsync();
        await first.CountAsync("x");
        await first.SaveSnapshotsAsync(Later, default);
        for (var i = 0; i <= Nines.Kernel.SnapshotDuty.MostEntriesAtAStart; i++) await first.CountAsync("x");

        var again = await rig.StartAsync();
        var duty = new Nines.Kernel.SnapshotDuty(again);
        Assert.Equal(Later, duty.NextDue(again.State));
        await duty.RunAsync(Later, default);
        await again.CountAsync("x");
        Assert.Equal(Later + Duration.FromDays(1), duty.NextDue(again.State));
    }
}
