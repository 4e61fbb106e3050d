using FsCheck;
using FsCheck.Fluent;
using Nines.Measuring.Indicators;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Indicators;

public sealed class StreamSkeletonTests
{
    private const long Start = 29_700_000;

    [Fact]
    public void Decode_WhatWasEncoded_IsEqual()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var fractions = random.Next(2) == 0;
            var sums = default(Sums);
            var starts = Enumerable.Range(0, random.Next(1, 400))
                .Select(_ => sums += new Sums(random.Next(9), random.Next(100_000) + (fractions ? random.NextDouble() : 0), random.Next(129))).ToArray();
            var written = new StreamSkeleton(random.Next(), starts, Start, random.Next(2) == 0 ? long.MinValue : Start + 5);

            var read = StreamSkeleton.Decode(written.Encode())!;
            Assert.Equal((written.First, written.FirstCovered, written.LastEvent), (read.First, read.FirstCovered, read.LastEvent));
            Assert.Equal(written.Starts, read.Starts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Decode_DamagedBytes_NeverThrows()
    {
        var whole = new StreamSkeleton(7, [default, new(1, 200, 128), new(3, 90_000, 256)], Start, Start).Encode();
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var i = 0; i < 3 && bytes.Length > 0; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = StreamSkeleton.Decode(bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Restore_FromSkeleton_GivesTheSameSumsAndReadsOnlyTheNewestBlocks()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var store = new Counting();
            var stream = new MinuteStream(random.Next(1000), store);
            for (var at = Start; at < Start + 6000; at += random.Next(60) == 0 ? random.Next(700) : 1)
            {
                _ = stream.Add(at, random.Next(2), random.Next(1000));
                if (random.Next(200) == 0) _ = stream.Add(at - random.Next(3000), 1, 2);
                if (random.Next(100) == 0) store.Keep(stream);
            }

            store.Keep(stream);
            var again = new MinuteStream(stream.Id, store);
            store.Reads = 0;
            again.Restore();

            Assert.InRange(store.Reads, 1, 5);
            Assert.Equal((stream.Front, stream.FirstCovered, stream.LastEvent), (again.Front, again.FirstCovered, again.LastEvent));
            var (one, other) = (default(EdgeCursor), default(EdgeCursor));
            for (var i = 0; i < 30; i++)
            {
                var (edge, fraction) = (Start + random.Next(-3100, 6100), random.NextDouble());
                Assert.Equal(stream.Since(edge, fraction, ref one), again.Since(edge, fraction, ref other));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TakeBlocks_CheckpointThatFailed_GivesTheSkeletonAgain()
    {
        var stream = new MinuteStream(1);
        for (var at = Start; at < Start + 700; at++) _ = stream.Add(at, 0, 5);
        var taken = new List<int>();
        stream.TakeBlocks((block, _) => taken.Add(block));
        Assert.Contains(StreamSkeleton.Block, taken);

        taken.Clear();
        stream.TakeBlocks((block, _) => taken.Add(block));
        Assert.Contains(StreamSkeleton.Block, taken);

        stream.BlocksKept();
        taken.Clear();
        _ = stream.Add(Start + 700, 0, 5);
        stream.TakeBlocks((block, _) => taken.Add(block));
        Assert.DoesNotContain(StreamSkeleton.Block, taken);
    }

    [Fact]
    public void Since_BlockWasReadAhead_AsksTheStoreForNothing()
    {
        var store = new Counting();
        var stream = new MinuteStream(0, store);
        for (var at = Start; at < Start + 3000; at++) _ = stream.Add(at, at % 3, 100);
        store.Keep(stream);
        var cursor = default(EdgeCursor);
        var first = stream.FirstMinuteOf(stream.BlockOf(Start + 500) + 1);
        _ = stream.Since(first - 4, 0.5, ref cursor);
        Assert.Null(stream.Ahead(cursor, lead: 3));
        var next = stream.Ahead(cursor, lead: 5);
        Assert.Equal(stream.BlockOf(first), next);

        stream.TakeAhead(next!.Value, stream.LateVersion, store.Read(0, next.Value));
        Assert.Null(stream.Ahead(cursor, lead: 5));
        store.Reads = 0;
        var sums = stream.Since(first + 1, 0.5, ref cursor);
        Assert.Equal(0, store.Reads);
        var fresh = default(EdgeCursor);
        Assert.Equal(stream.Since(first + 1, 0.5, ref fresh), sums);
    }

    [Fact]
    public void Since_BlockChangedAfterItWasReadAhead_CountsTheChange()
    {
        var store = new Counting();
        var stream = new MinuteStream(0, store);
        for (var at = Start; at < Start + 3000; at++) _ = stream.Add(at, 0, 100);
        store.Keep(stream);
        var cursor = default(EdgeCursor);
        var block = stream.BlockOf(Start + 500) + 1;
        var first = stream.FirstMinuteOf(block);
        _ = stream.Since(first - 2, 0.5, ref cursor);
        stream.TakeAhead(block, stream.LateVersion, store.Read(0, block));
        _ = stream.Add(first + 1, 7, 7);
        stream.TakeAhead(block, 0, store.Read(0, block));

        var fresh = default(EdgeCursor);
        var sums = stream.Since(first + 1, 0.5, ref cursor);
        Assert.Equal(stream.Since(first + 1, 0.5, ref fresh), sums);
        Assert.Equal(3.5, sums.Bad, 1e-9);
    }

    private sealed class Counting : IBlockSource
    {
        private readonly SortedDictionary<int, byte[]> _blocks = [];

        public int Reads { get; set; }

        public byte[]? Read(int stream, int block)
        {
            Reads++;
            return _blocks.GetValueOrDefault(block);
        }

        public IReadOnlyList<int> BlocksOf(int stream) => [.. _blocks.Keys];

        public void Keep(MinuteStream stream)
        {
            stream.TakeBlocks((block, data) => _blocks[block] = data);
            stream.BlocksKept();
        }
    }
}
