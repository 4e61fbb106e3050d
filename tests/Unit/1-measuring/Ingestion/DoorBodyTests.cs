using System.IO.Compression;
using Nines.Measuring.Ingestion;
using Nines.Shell;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion;

public class DoorBodyTests
{
    private const int Limit = 1024 * 1024;

    private static readonly byte[] Text = [.. Enumerable.Range(0, 700_000).Select(i => (byte)(i * i / 7))];

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Read_WholeBody_GivesItsBytes(string encoding)
    {
        var (body, refusal) = await Read(Packed(Text, encoding), encoding);
        Assert.Null(refusal);
        Assert.Equal(Text, body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Read_BodyThatBreaksOffAnywhere_IsRefused(string encoding)
    {
        var packed = Packed(Text[..5000], encoding);
        for (var length = 1; length < packed.Length; length += length < packed.Length - 40 ? 97 : 1)
        {
            var (_, refusal) = await Read(packed[..length], encoding);
            Assert.True(refusal is { Status: 400 }, $"{encoding} cut to {length} of {packed.Length} bytes passed for whole");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Read_Bomb_EndsAtTheLimitAndGivesItsMemoryBack(string encoding)
    {
        var bomb = Packed(new byte[64 * 1024 * 1024], encoding);
        Assert.True(bomb.Length < Limit / 4);
        var budget = new BodyBudget(most: 2 * Limit);
        var (body, refusal) = await Read(bomb, encoding, budget);
        Assert.Equal(new BodyRefusal(413, "The body is larger than the 1 MiB that this door takes. Send it in smaller parts."), refusal);
        Assert.Empty(body);
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Read_BudgetUsedUp_AsksToTryAgain()
    {
        var budget = new BodyBudget(most: Limit);
        using var other = budget.Lease();
        Assert.True(other.TryGrow(Limit - 300_000));
        Assert.Equal(new BodyRefusal(503, "Many large bodies are being read at this moment. Send it again in a few seconds, or in smaller parts."), (await Read(Text, "", budget)).Refusal);
        other.Dispose();
        Assert.Null((await Read(Text, "", budget)).Refusal);
    }

    [Fact]
    public async Task Read_AnotherEncoding_IsRefusedByName() =>
        Assert.Equal(new BodyRefusal(415, "The content encoding \"br\" is not taken here. Send gzip, or nothing."), (await Read(Text, "br")).Refusal);

    private static async Task<(byte[] Body, BodyRefusal? Refusal)> Read(byte[] sent, string encoding, BodyBudget? budget = null)
    {
        var lease = (budget ?? new BodyBudget()).Lease();
        var (body, refusal) = await DoorBody.ReadAsync(new MemoryStream(sent), encoding, Limit, lease, default);
        lease.Dispose();
        return (body.ToArray(), refusal);
    }

    private static byte[] Packed(byte[] text, string encoding)
    {
        using var packed = new MemoryStream();
        Stream? packing = encoding switch { "gzip" => new GZipStream(packed, CompressionLevel.Optimal), "deflate" => new ZLibStream(packed, CompressionLevel.Optimal), _ => null };
        if (packing is null) return text;
        packing.Write(text);
        packing.Dispose();
        return packed.ToArray();
    }
}
