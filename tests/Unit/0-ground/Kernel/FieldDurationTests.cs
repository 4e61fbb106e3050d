using FsCheck.Fluent;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class FieldDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("28d", 2_419_200_000)]
    [InlineData("1w", 604_800_000)]
    [InlineData("1w2d3h4m5s6ms", 788_645_006)]
    [InlineData("90m", 5_400_000)]
    public void Parse_FieldNotation_IsRead(string text, long milliseconds) =>
        Assert.Equal(Duration.FromMilliseconds(milliseconds), FieldDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("5M")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("5y")]
    [InlineData("101000w")]
    [InlineData("9999999999999s")]
    [InlineData("1h30")]
    [InlineData("٣s")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(FieldDuration.TryParse(text, out _));

    [Fact]
    public void Parse_Wrong_SaysWhatToWrite() => Assert.Equal(
        "\"fast\" is not a duration. Write one such as 30s, 5m, 1h30m or 28d.",
        Assert.Throws<FormatException>(() => FieldDuration.Parse("fast")).Message);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(5_400_000, "1h30m")]
    [InlineData(604_800_000, "7d")]
    [InlineData(1, "1ms")]
    [InlineData(-90_000, "-1m30s")]
    public void Format_Duration_IsTheShortestText(long milliseconds, string text) =>
        Assert.Equal(text, FieldDuration.Format(Duration.FromMilliseconds(milliseconds)));

    [Fact]
    public void Format_AnyLength_ReadsBackTheSame() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(n => n * 1_001L).ToArbitrary(),
        n => FieldDuration.Parse(FieldDuration.Format(Duration.FromMilliseconds(n))) == Duration.FromMilliseconds(n)).Hold();

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Prop.ForAll<string?>(text =>
    {
        var read = FieldDuration.TryParse(text ?? "", out var duration);
        return read ? duration >= Duration.Zero : duration == Duration.Zero;
    }).Hold();
}
