using Nines.Measuring.Objectives.Ui;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives.Ui;

public sealed class ShownRangeTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 8, 42);
    private static readonly Instant Start = Now - Duration.FromDays(30);

    [Theory]
    [InlineData(2, "1h")]
    [InlineData(61, "6h")]
    [InlineData(12 * 60, "24h")]
    [InlineData(3 * 1440, "7d")]
    [InlineData(20 * 1440, "")]
    public void Of_NoRange_IsTheShortestThatHoldsAllData(int minutesOld, string name) =>
        Assert.Equal(name, Of(null, Now - Duration.FromMinutes(minutesOld)).Name);

    [Fact]
    public void Of_NoData_IsTheWholeWindow() => Assert.Equal(Start.ToUnixTimeMilliseconds(), Of(null, null).FromMs);

    [Fact]
    public void Of_WindowAsked_IsTheWholeWindowHoweverYoungTheData() =>
        Assert.Equal(Start.ToUnixTimeMilliseconds(), Of("30d", Now - Duration.FromMinutes(2)).FromMs);

    [Fact]
    public void Of_RangeAsked_IsThatOne() => Assert.Equal("7d", Of("7d", Now - Duration.FromMinutes(2)).Name);

    [Fact]
    public void Of_NonsenseAsked_IsAsIfNothingWas() => Assert.Equal("1h", Of("for ever", Now - Duration.FromMinutes(2)).Name);

    [Fact]
    public void Of_Zoom_WinsOverTheData()
    {
        var zoomed = ShownRange.Of(null, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "30d", Start, Now - Duration.FromMinutes(2), Now);

        Assert.True(zoomed.Zoomed);
        Assert.Equal(Instant.FromUtc(2026, 11, 1, 0, 0).ToUnixTimeMilliseconds(), zoomed.FromMs);
    }

    private static ShownRange Of(string? range, Instant? first) => ShownRange.Of(range, null, null, "30d", Start, first, Now);
}
