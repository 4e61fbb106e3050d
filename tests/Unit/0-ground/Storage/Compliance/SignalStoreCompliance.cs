using System.Text;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Storage;

/// <summary>What every signal store must do, whatever keeps it.</summary>
public abstract class SignalStoreCompliance<TBench> : StoreCompliance<TBench> where TBench : IStoreBench, new()
{
    private ISignalStore Signals => Store.Signals;

    [Fact]
    public async Task AppendLog_OneByOne_PositionsRiseAndTheLogGivesThemBack()
    {
        Assert.Equal(1, await AppendAsync("a", kind: 3, at: 1_700_000_000_123));
        Assert.Equal(2, await AppendAsync("", kind: -1, at: 0));

        var log = await LogAsync(0);
        Assert.Equal([(1, 3, 1_700_000_000_123, "a"), (2, -1, 0, "")], log.Select(Plain));
        Assert.Equal([(2, -1, 0, "")], (await LogAsync(1)).Select(Plain));
        Assert.Empty(await LogAsync(2));
    }

    [Fact]
    public async Task AppendLog_FromManyAtOnce_KeepsEachBodyOnceInOneOrder()
    {
        var positions = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => AppendAsync("body " + i)));

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), positions.Order());
        var log = await LogAsync(0);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), log.Select(r => r.Position));
        for (var i = 0; i < 500; i++) Assert.Equal("body " + i, Plain(log[(int)positions[i] - 1]).Text);
    }

    [Fact]
    public async Task AppendLog_BodyReusedAfterTheReturn_KeepsWhatItWas()
    {
        var body = Encoding.UTF8.GetBytes("before");
        await Signals.AppendLogAsync(1, 1, body, default);
        body.AsSpan().Fill((byte)'x');

        Assert.Equal("before", Plain(Assert.Single(await LogAsync(0))).Text);
    }

    [Fact]
    public async Task AppendLog_LargeBodies_ComeBackWholeAfterReopening()
    {
        var random = new Random(7);
        var bodies = Enumerable.Range(0, 40).Select(i => new byte[random.Next(1, 400_000)]).ToArray();
        foreach (var body in bodies) random.NextBytes(body);
        await Task.WhenAll(bodies.Take(20).Select(b => Signals.AppendLogAsync(1, 1, b, default).AsTask()));
        foreach (var body in bodies.Skip(20)) await Signals.AppendLogAsync(1, 1, body, default);
        await ReopenAsync();

        Assert.Equal(
            bodies.Select(Convert.ToHexString).Order(StringComparer.Ordinal),
            (await LogAsync(0)).Select(r => Convert.ToHexString(r.Body.Span)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Checkpoint_WithBlocksAndStates_KeepsThemAndForgetsTheLogUpToIt()
    {
        await AppendAsync("one");
        await AppendAsync("two");
        await AppendAsync("three");
        await CheckpointAsync(2, [Block(1, 7, "b17"), Block(1, 8, "b18"), Block(2, 7, "b27")], ("series", "s"), ("open", "o"));
        await ReopenAsync();

        Assert.Equal(2, await Signals.CheckpointPositionAsync(default));
        Assert.Equal([(3L, "three")], (await LogAsync(0)).Select(r => (r.Position, Plain(r).Text)));
        Assert.Equal("b17", await BlockAsync(1, 7));
        Assert.Equal("b27", await BlockAsync(2, 7));
        Assert.Null(await Signals.ReadBlockAsync(3, 7, default));
        Assert.Equal("s", Text(await Signals.ReadStateAsync("series", default)));
        Assert.Null(await Signals.ReadStateAsync("serie", default));
    }

    [Fact]
    public async Task CheckpointPosition_BeforeTheFirst_IsZero() => Assert.Equal(0, await Signals.CheckpointPositionAsync(default));

    [Fact]
    public async Task Checkpoint_OfEverything_PositionsAreNotUsedAgain()
    {
        await AppendAsync("one");
        await AppendAsync("two");
        await CheckpointAsync(2, []);
        await ReopenAsync();

        Assert.Empty(await LogAsync(0));
        Assert.Equal(3, await AppendAsync("three"));
        await CheckpointAsync(3, []);
        await ReopenAsync();
        await ReopenAsync();
        Assert.Equal(4, await AppendAsync("four"));
    }

    [Fact]
    public async Task Checkpoint_BeyondTheLog_PositionsGoOnAfterIt()
    {
        await AppendAsync("one");
        await CheckpointAsync(40, []);

        Assert.Equal(41, await AppendAsync("two"));
        await ReopenAsync();
        Assert.Equal([(41L, "two")], (await LogAsync(0)).Select(r => (r.Position, Plain(r).Text)));
        Assert.Equal(42, await AppendAsync("three"));
    }

    [Fact]
    public async Task Checkpoint_BlockAgain_ReplacesIt()
    {
        await CheckpointAsync(0, [Block(1, 1, "old")], ("x", "old"));
        await CheckpointAsync(0, [Block(1, 1, "new and longer")], ("x", "new"));

        Assert.Equal("new and longer", await BlockAsync(1, 1));
        Assert.Equal([1], await Signals.BlockNumbersAsync(1, default));
        Assert.Equal("new", Text(await Signals.ReadStateAsync("x", default)));
    }

    [Fact]
    public async Task Checkpoint_StateWithoutData_DeletesIt()
    {
        await CheckpointAsync(0, [], ("kept", "k"), ("gone", "g"));
        await Signals.CheckpointAsync(new(0, [], [new("gone", null), new("never", null)]), default);

        Assert.Equal(["kept"], await Signals.StateNamesAsync("", default));
        Assert.Null(await Signals.ReadStateAsync("gone", default));
    }

    [Fact]
    public async Task StateNames_WithAPrefix_GivesThoseOnly()
    {
        await CheckpointAsync(0, [], ("series/b", "1"), ("series/a", "2"), ("serie", "3"), ("Series/c", "4"), ("series0", "5"), ("series/ü", ""));

        Assert.Equal(["series/a", "series/b", "series/ü"], await Signals.StateNamesAsync("series/", default));
        Assert.Equal("", Text(await Signals.ReadStateAsync("series/ü", default)));
        Assert.Empty(await Signals.StateNamesAsync("z", default));
    }

    [Fact]
    public async Task BlockNumbers_OfOneStream_AscendAndLeaveOthersOut()
    {
        await CheckpointAsync(0, [Block(1, 300, "x"), Block(1, 2, "x"), Block(2, 5, "x"), Block(1, int.MaxValue, "x"), Block(1, 0, "")]);

        Assert.Equal([0, 2, 300, int.MaxValue], await Signals.BlockNumbersAsync(1, default));
        Assert.Equal("", await BlockAsync(1, 0));
        Assert.Empty(await Signals.BlockNumbersAsync(3, default));
    }

    [Fact]
    public async Task DropBlocks_BeforeANumber_LeavesLaterOnesAndOtherStreams()
    {
        await CheckpointAsync(0, [Block(1, 1, "x"), Block(1, 2, "x"), Block(1, 3, "x"), Block(2, 1, "x"), Block(0, 1, "x")]);
        await Signals.DropBlocksAsync(1, 3, default);
        await ReopenAsync();

        Assert.Equal([3], await Signals.BlockNumbersAsync(1, default));
        Assert.Equal([1], await Signals.BlockNumbersAsync(2, default));
        Assert.Equal([1], await Signals.BlockNumbersAsync(0, default));
    }

    [Fact]
    public async Task StreamId_SameNameAtOnceAndLater_IsOneId()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Signals.StreamIdAsync("s" + (i % 6), default).AsTask()));
        Assert.Equal(6, ids.Distinct().Count());
        await ReopenAsync();

        for (var i = 0; i < 60; i++) Assert.Equal(ids[i], await Signals.StreamIdAsync("s" + (i % 6), default));
        Assert.DoesNotContain(await Signals.StreamIdAsync("another", default), ids);
        Assert.All(ids, id => Assert.True(id > 0));
    }

    [Fact]
    public async Task ReadLog_WhileOthersAppend_SeesAPrefixInOrder()
    {
        for (var i = 0; i < 100; i++) await AppendAsync("body");
        var seen = new List<long>();
        await foreach (var record in Signals.ReadLogAsync(0, default))
        {
            seen.Add(record.Position);
            if (seen.Count < 50) await AppendAsync("later");
        }

        Assert.True(seen.Count >= 100);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen);
    }

    private Task<long> AppendAsync(string body, int kind = 1, long at = 1) =>
        Signals.AppendLogAsync(kind, at, Encoding.UTF8.GetBytes(body), default).AsTask();

    private async Task<List<SignalRecord>> LogAsync(long after)
    {
        var all = new List<SignalRecord>();
        await foreach (var record in Signals.ReadLogAsync(after, default)) all.Add(record);
        return all;
    }

    private async Task CheckpointAsync(long position, SignalBlock[] blocks, params (string Name, string Data)[] states) =>
        await Signals.CheckpointAsync(new(position, blocks, [.. states.Select(s => new KeyValuePair<string, byte[]?>(s.Name, Encoding.UTF8.GetBytes(s.Data)))]), default);

    private static SignalBlock Block(int stream, int block, string data) => new(stream, block, Encoding.UTF8.GetBytes(data));

    private async Task<string?> BlockAsync(int stream, int block) => Text(await Signals.ReadBlockAsync(stream, block, default));

    private static string? Text(byte[]? data) => data is null ? null : Encoding.UTF8.GetString(data);

    private static (long Position, int Kind, long At, string Text) Plain(SignalRecord record) =>
        (record.Position, record.Kind, record.AtUnixMs, Encoding.UTF8.GetString(record.Body.Span));
}
