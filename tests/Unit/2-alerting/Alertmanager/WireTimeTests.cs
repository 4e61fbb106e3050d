using System.Text;
using FsCheck.Fluent;
using Nines.Alerting.Alertmanager;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alertmanager;

public class WireTimeTests
{
    private static Instant? Read(string text) => WireTime.TryRead(Encoding.UTF8.GetBytes(text), out var at) ? at : throw new FormatException(text);

    private static string Write(Instant at)
    {
        Span<byte> to = stackalloc byte[WireTime.Length];
        WireTime.Write(to, at);
        return Encoding.UTF8.GetString(to);
    }

    [Theory]
    [InlineData("2026-11-21T03:12:00Z", "2026-11-21T03:12:00.000Z")]
    [InlineData("2026-11-21T03:12:00.123456789Z", "2026-11-21T03:12:00.123Z")]
    [InlineData("2026-11-21T05:12:00.5+02:00", "2026-11-21T03:12:00.500Z")]
    [InlineData("2026-11-20T22:42:00-04:30", "2026-11-21T03:12:00.000Z")]
    [InlineData("2026-11-21 03:12:00", "2026-11-21T03:12:00.000Z")]
    public void TryRead_FormsOfTheField_AreTheSameInstant(string text, string written) => Assert.Equal(written, Write(Read(text)!.Value));

    [Theory]
    [InlineData("")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    public void TryRead_NotSet_IsNull(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-21T03:12:00Z")]
    [InlineData("2026-02-30T03:12:00Z")]
    [InlineData("2026-11-21T24:12:00Z")]
    [InlineData("2026-11-21T03:12:00")]
    [InlineData("2026-11-21T03:12:00.Z")]
    [InlineData("2026-11-21T03:12:00+2:00")]
    public void TryRead_NoTime_IsRefused(string text) =>
        Assert.Equal(text == "2026-11-21T03:12:00", WireTime.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Write_AnyTime_IsReadBack() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), two =>
    {
        var at = Instant.FromUnixTimeMilliseconds((two.Item1 * 1000L) + (two.Item2 % 1000));
        return Read(Write(at)) == at;
    }).Hold();
}
