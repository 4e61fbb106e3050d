using Nines.Measuring.Ingestion.Push;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Push;

public sealed class PushDoorTests
{
    private readonly DoorRig _rig = new("pushed_events_total{name=\"orders\"}", "pushed_events_total{outcome=\"good\",region=\"eu\"}");

    [Fact]
    public async Task Accept_Events_CountsGoodAndTotal()
    {
        using var door = new PushDoor(_rig.Counted, _rig.Clock);

        var answer = await door.AcceptAsync([Orders(98, 100, null)], null, default);

        Assert.Equal(new PushAnswer(1, 0), answer.Value);
        Assert.Equal((100.0, 98.0), (_rig.Events(), _rig.Events(1)));
    }

    [Fact]
    public async Task Accept_SameKeyTwice_CountsOnceAndSaysSo()
    {
        using var door = new PushDoor(_rig.Counted, _rig.Clock);
        await door.AcceptAsync([Orders(1, 1, "k"), Orders(1, 1, "k")], null, default);

        var again = await door.AcceptAsync([Orders(1, 1, "k")], null, default);

        Assert.Equal((new PushAnswer(0, 1), 1.0), (again.Value, _rig.Events()));
    }

    [Fact]
    public async Task Accept_SameKeyAfterACrash_CountsOnce()
    {
        using (var door = new PushDoor(_rig.Counted, _rig.Clock))
            await door.AcceptAsync([Orders(1, 1, null), Orders(2, 2, null)], "request-7", default);
        var after = _rig.Restart();
        await after.Log().ReplayAsync(default);

        using var again = new PushDoor(after.Counted, after.Clock);
        var answer = await again.AcceptAsync([Orders(1, 1, null), Orders(2, 2, null)], "request-7", default);

        Assert.Equal((new PushAnswer(0, 2), 3.0), (answer.Value, after.Events()));
    }

    [Fact]
    public async Task Accept_KeyOlderThanADay_IsForgotten()
    {
        using var door = new PushDoor(_rig.Counted, _rig.Clock);
        await door.AcceptAsync([Orders(1, 1, "k")], null, default);
        _rig.Clock.UnixMs += PushDoor.KeyMs + 1;
        await door.AcceptAsync([Orders(1, 1, null)], null, default);

        var again = await door.AcceptAsync([Orders(1, 1, "k")], null, default);

        Assert.Equal(1, again.Value.Accepted);
    }

    [Fact]
    public async Task Accept_FullDisk_DoesNotRememberTheKey()
    {
        using var door = new PushDoor(_rig.Counted, _rig.Clock);
        _rig.DiskFull = true;
        await Assert.ThrowsAsync<Nines.Kernel.StorageException>(() => door.AcceptAsync([Orders(1, 1, "k")], null, default));
        _rig.DiskFull = false;

        Assert.Equal(1, (await door.AcceptAsync([Orders(1, 1, "k")], null, default)).Value.Accepted);
        Assert.Equal(1, _rig.Events());
    }

    private static PushedEvents Orders(double good, double total, string? key) => new("orders", good, total, DoorRig.Start - 5000, [new("region", "eu")], key);
}
