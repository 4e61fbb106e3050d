using FsCheck.Fluent;
using Nines.Measuring.Indicators;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Indicators;

public sealed class MinuteStreamTests
{
    private const long Start = 29_700_000;

    [Fact]
    public void Since_RandomTrafficWithHolesFractionsAndLateMinutes_EqualsBruteForce()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (stream, cells) = Fill(random, minutes: random.Next(1, 3000));
            var cursor = default(EdgeCursor);
            for (var i = 0; i < 40; i++)
            {
                var edge = Start + random.Next(-50, 3100);
                var fraction = i % 3 == 0 ? random.NextDouble() : 0;
                AssertClose(BruteSince(cells, edge, fraction, stream.Front), stream.Since(edge, fraction, ref cursor));
            }
        }).Hold();
    }

    [Fact]
    public void Since_EdgeMovingMinuteByMinute_EqualsBruteForceAcrossBlocks()
    {
        var random = new Random(7);
        var stream = new MinuteStream(5);
        var cells = new Dictionary<long, Cell>();
        var cursor = default(EdgeCursor);
        for (var minute = Start; minute < Start + 4000; minute++)
        {
            Put(stream, cells, minute, random.Next(3), 100 + random.Next(9));
            var edge = minute - 1440;
            AssertClose(BruteSince(cells, edge, 0.25, minute), stream.Since(edge, 0.25, ref cursor));
        }
    }

    [Fact]
    public void Since_QuietNightAfterBusyMonth_KeepsNineDigits()
    {
        var stream = new MinuteStream(1);
        for (var m = 0; m < 43_200; m++) _ = stream.Add(Start + m, 1e6 / 3, 1e9 / 3);
        for (var m = 43_200; m < 43_800; m++) _ = stream.Add(Start + m, 0, 0);
        _ = stream.Add(Start + 43_800, 1 / 3.0, 2 / 3.0);
        var cursor = default(EdgeCursor);
        var sums = stream.Since(Start + 43_796, 0, ref cursor);
        Assert.Equal(0.5, sums.ErrorRatio, 1e-9);
    }

    [Fact]
    public void Restore_AfterCheckpoint_GivesTheSameSums()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (stream, cells) = Fill(random, random.Next(1, 2500));
            var kept = new SortedDictionary<int, byte[]>();
            stream.TakeBlocks((block, data) => kept[block] = data);
            stream.BlocksKept();
            var again = new MinuteStream(stream.Id, new Kept(kept));
            again.Restore([.. kept.Keys], b => kept[b]);
            var cursor = default(EdgeCursor);
            for (var i = 0; i < 20; i++)
            {
                var edge = Start + random.Next(0, 2500);
                AssertClose(BruteSince(cells, edge, 0, stream.Front), again.Since(edge, 0, ref cursor));
            }
        }).Hold();
    }

    [Fact]
    public void TakeBlocks_SteadyTraffic_TakesAboutFourBytesAMinute()
    {
        var random = new Random(3);
        var stream = new MinuteStream(1);
        for (var m = 0; m < 43_200; m++) _ = stream.Add(Start + m, random.Next(8), 6000 + random.Next(200));
        long bytes = 0;
        stream.TakeBlocks((_, data) => bytes += data.Length);
        Assert.InRange(bytes / 43_200.0, 1, 4);
        stream.BlocksKept();
        Assert.InRange(stream.ResidentBytes, 1, 32 * 1024);
    }

    [Fact]
    public void Add_AbsurdMinute_IsRefused()
    {
        var stream = new MinuteStream(1);
        Assert.True(stream.Add(Start, 0, 1));
        Assert.False(stream.Add(Start + (100L * 365 * 1440), 0, 1));
        Assert.False(stream.Add(-1, 0, 1));
        Assert.Equal(Start, stream.Front);
    }

    private static (MinuteStream Stream, Dictionary<long, Cell> Cells) Fill(Random random, int minutes)
    {
        var stream = new MinuteStream(random.Next(1000));
        var cells = new Dictionary<long, Cell>();
        var at = Start + random.Next(200);
        var fractions = random.Next(2) == 0;
        for (var i = 0; i < minutes; i++)
        {
            at += random.Next(60) == 0 ? random.Next(300) : 1;
            var total = random.Next(5) == 0 ? 0 : random.Next(1000) + (fractions ? random.NextDouble() : 0);
            Put(stream, cells, at, total * random.Next(2) / 7, total);
            if (random.Next(40) == 0) Put(stream, cells, Math.Max(Start - 500, at - random.Next(2500)), 1, 2);
        }

        return (stream, cells);
    }

    private static void Put(MinuteStream stream, Dictionary<long, Cell> cells, long minute, double bad, double total)
    {
        Assert.True(stream.Add(minute, bad, total));
        var before = cells.GetValueOrDefault(minute);
        cells[minute] = new(before.Bad + bad, before.Total + total, MinuteMarks.Covered);
    }

    private static Sums BruteSince(Dictionary<long, Cell> cells, long edge, double fraction, long front)
    {
        var sums = default(Sums);
        foreach (var (minute, cell) in cells)
        {
            if (minute < edge || minute > front) continue;
            sums += new Sums(cell.Bad, cell.Total, 1).Times(minute == edge ? 1 - fraction : 1);
        }

        return sums;
    }

    private static void AssertClose(Sums expected, Sums actual)
    {
        Assert.Equal(expected.Total, actual.Total, 1e-9 * Math.Max(1, expected.Total));
        Assert.Equal(expected.Bad, actual.Bad, 1e-9 * Math.Max(1, expected.Total));
        Assert.Equal(expected.Covered, actual.Covered, 1e-9);
    }

    private sealed class Kept(IReadOnlyDictionary<int, byte[]> blocks) : IBlockSource
    {
        public byte[]? Read(int stream, int block) => blocks.GetValueOrDefault(block);

        public IReadOnlyList<int> BlocksOf(int stream) => [.. blocks.Keys];
    }
}
