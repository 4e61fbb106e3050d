using FsCheck.Fluent;
using Nines.Measuring.Ingestion.RemoteWrite;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;

public sealed class SnappyBlockTests
{
    /// <summary>Bytes with repetitions at all distances, as real bodies have them.</summary>
    private static byte[] Repetitive(int seed)
    {
        var random = new System.Random(seed);
        var bytes = new List<byte>();
        for (var pieces = random.Next(0, 60); pieces > 0; pieces--)
        {
            var length = random.Next(1, 200);
            if (bytes.Count > 0 && random.Next(3) > 0)
            {
                var back = random.Next(1, Math.Min(bytes.Count, 70_000) + 1);
                for (var i = 0; i < length; i++) bytes.Add(bytes[^back]);
            }
            else for (var i = 0; i < length; i++) bytes.Add((byte)random.Next(256));
        }
        return [.. bytes];
    }

    [Fact]
    public void Decode_WhatTheLibraryEncodes_GivesTheSameBytes() => Prop.ForAll<int>(seed =>
    {
        var plain = Repetitive(seed);
        var block = IronSnappy.Snappy.Encode(plain);
        var target = new byte[plain.Length + SnappyBlock.Slack];
        return SnappyBlock.Decode(block, target) == plain.Length && target.AsSpan(0, plain.Length).SequenceEqual(plain);
    }).Hold();

    [Fact]
    public void Decode_DamagedBlocks_NeverThrowsAndNeverWritesOutside() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var block = IronSnappy.Snappy.Encode(Repetitive(seed));
        for (var hits = random.Next(1, 8); hits > 0; hits--) block[random.Next(block.Length)] = (byte)random.Next(256);
        if (random.Next(3) == 0) block = block[..random.Next(block.Length + 1)];
        if (!SnappyBlock.TryReadLength(block, out var length, out _) || length > 1 << 20) return true;
        var target = new byte[length + SnappyBlock.Slack + 64];
        target.AsSpan((int)length + SnappyBlock.Slack).Fill(0xEE);
        var got = SnappyBlock.Decode(block, target.AsSpan(0, (int)length + SnappyBlock.Slack));
        return (got == -1 || got == (int)length) && target.AsSpan((int)length + SnappyBlock.Slack).IndexOfAnyExcept((byte)0xEE) < 0;
    }).Hold();

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFFFFFF1F")]
    public void TryReadLength_NoLength_IsRefused(string hex)
        => Assert.False(SnappyBlock.TryReadLength(Convert.FromHexString(hex), out _, out _));

    [Theory]
    [InlineData("04010161", "a copy before anything was written")]
    [InlineData("020461", "a literal that is cut off")]
    [InlineData("0200610162", "more than was declared")]
    [InlineData("020061", "less than was declared")]
    [InlineData("05F4FFFFFF", "a literal length that is cut off")]
    public void Decode_DamagedBlock_GivesMinusOne(string hex, string why)
        => Assert.True(SnappyBlock.Decode(Convert.FromHexString(hex), new byte[256]) == -1, why);
}
