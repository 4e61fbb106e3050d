using Nines.Measuring.Indicators;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Indicators;

public sealed class MinuteStreamRetentionTests
{
    private const long Start = 29_700_000;

    [Fact]
    public void Trim_OldMinutes_LeavesTheSumsOfTheRest()
    {
        var stream = new MinuteStream(3);
        for (var m = 0; m < 20_000; m++) _ = stream.Add(Start + m, 1, 10);
        var bytes = stream.ResidentBytes;
        stream.Trim(Start + 15_000);
        var cursor = default(EdgeCursor);
        Assert.Equal(new Sums(4000, 40_000, 4000), stream.Since(Start + 16_000, 0, ref cursor));
        Assert.InRange(stream.Since(Start, 0, ref cursor).Total, 50_000, 50_000 + 1280);
        Assert.Equal(default, stream.CellAt(Start + 100));
        Assert.True(stream.ResidentBytes <= bytes);
    }

    [Fact]
    public void TakeBlocks_CheckpointThatFailed_IsTakenAgain()
    {
        var stream = new MinuteStream(3);
        for (var m = 0; m < 1000; m++) _ = stream.Add(Start + m, 1, 10);
        var first = new List<int>();
        stream.TakeBlocks((block, _) => first.Add(block));
        var second = new List<int>();
        stream.TakeBlocks((block, _) => second.Add(block));
        Assert.Equal(first, second);
        stream.BlocksKept();
        var third = new List<int>();
        stream.TakeBlocks((block, _) => third.Add(block));
        Assert.Empty(third);
        _ = stream.Add(Start + 1000, 0, 1);
        stream.TakeBlocks((block, _) => third.Add(block));
        Assert.Single(third);
    }

    [Fact]
    public void BlockReader_AnyBytes_NeverReadsPastTheEnd()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(17, 200)];
            random.NextBytes(bytes);
            if ((bytes[0] & 3) is 0 or 3) bytes[0] = (byte)((bytes[0] & ~3) | 1);
            if (bytes.Length < 1 + (16 * 4)) bytes[0] &= 3;
            var reader = new BlockReader(bytes);
            var read = 0;
            while (reader.Read(out _)) read++;
            Assert.InRange(read, 0, BlockCodec.Minutes);
        }
    }
}
