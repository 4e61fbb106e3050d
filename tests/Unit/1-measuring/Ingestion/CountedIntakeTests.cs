using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion;

public sealed class CountedIntakeTests
{
    private static readonly Labels Orders = Labels.Of("orders_total", ("shop", "a"));

    [Fact]
    public async Task Accept_SamplesAndMark_AreThereTogether()
    {
        var rig = new DoorRig("orders_total");

        await rig.Counted.AcceptAsync(Record(3, "10"), default);

        Assert.Equal((3.0, "10"), (rig.Events(), rig.Counted.TextMark("log/a")));
    }

    [Fact]
    public async Task Accept_FullDisk_BooksNothingAndSetsNoMark()
    {
        var rig = new DoorRig("orders_total") { DiskFull = true };

        await Assert.ThrowsAsync<StorageException>(async () => await rig.Counted.AcceptAsync(Record(3, "10"), default));

        Assert.Equal((0.0, null), (rig.Events(), rig.Counted.TextMark("log/a")));
    }

    [Fact]
    public async Task Replay_AfterACrash_BooksTheSameOnceAndKeepsTheMark()
    {
        var before = new DoorRig("orders_total");
        await before.Counted.AcceptAsync(Record(3, "10"), default);
        await before.Counted.AcceptAsync(Record(4, "20"), default);

        var after = before.Restart();
        await after.Log().ReplayAsync(default);

        Assert.Equal((7.0, "20"), (after.Events(), after.Counted.TextMark("log/a")));
    }

    [Fact]
    public async Task Checkpoint_ThenCrash_ReplaysOnlyWhatCameAfterAndKeepsTheMark()
    {
        var before = new DoorRig("orders_total");
        await before.Counted.AcceptAsync(Record(3, "10"), default);
        await before.Log().CheckpointAsync(default);
        await before.Counted.AcceptAsync(Record(4, "20"), default);

        var after = before.Restart();
        var log = after.Log();
        await log.ReplayAsync(default);

        Assert.Equal((1L, 4.0, "20"), (log.Replayed, after.Events(), after.Counted.TextMark("log/a")));
    }

    [Fact]
    public async Task Checkpoint_OfAMarkAlone_KeepsIt()
    {
        var before = new DoorRig("orders_total");
        await before.Counted.AcceptAsync(Record(3, "10"), default);
        await before.Log().CheckpointAsync(default);

        var after = before.Restart();
        await after.Log().ReplayAsync(default);

        Assert.Equal((0.0, "10"), (after.Events(), after.Counted.TextMark("log/a")));
    }

    [Fact]
    public async Task Accept_EmptyMark_RemovesIt()
    {
        var rig = new DoorRig("orders_total");
        await rig.Counted.AcceptAsync(Record(1, "10"), default);

        await rig.Counted.AcceptAsync(Record(1, ""), default);

        Assert.Null(rig.Counted.Mark("log/a"));
    }

    [Fact]
    public void Decode_WhatEncodeWrote_IsTheSame()
    {
        var record = new CountedRecord(SignalSource.Log("a")) { IsCompleteRead = true };
        record.Add(Orders, SampleKind.Delta, 5, 1.5);
        record.Add(Orders, SampleKind.Counter, 6, -2, 4);
        record.Add(Labels.Of("up"), SampleKind.Gauge, 7, double.NaN);
        record.Mark("m", [1, 2, 3]);

        var back = CountedRecord.Decode(record.Encode())!;

        Assert.Equal(record.Samples, back.Samples);
        Assert.Equal((record.Source, true), (back.Source, back.IsCompleteRead));
        Assert.Equal([1, 2, 3], Assert.Single(back.Marks).Value);
    }

    [Fact]
    public void Decode_MutatedRecords_NeverThrows()
    {
        var record = Record(3, "10");
        record.Add(Orders, SampleKind.Counter, 6, -2, 4);
        Mutations.Of(record.Encode(), bytes => _ = CountedRecord.Decode(bytes));
    }

    private static CountedRecord Record(double events, string position)
    {
        var record = new CountedRecord(SignalSource.Log("a"));
        record.Add(Orders, SampleKind.Delta, DoorRig.Start - 1000, events);
        record.Mark("log/a", position);
        return record;
    }
}
