using Nines.Shell.Components;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Components;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.38, "38.0 %")]
    [InlineData(0.99999, "99.9 %")]
    [InlineData(1.0, "100.0 %")]
    [InlineData(0.00001, "0.1 %")]
    [InlineData(-0.00001, "−0.1 %")]
    [InlineData(-0.04, "−4.0 %")]
    [InlineData(0.0, "0.0 %")]
    public void Percent_Share_IsNeverRoundedIntoAnotherState(double share, string words) => Assert.Equal(words, Plain(Figures.Percent(share)));

    [Theory]
    [InlineData(0.99938, "99.938 %")]
    [InlineData(0.9999994, "99.99994 %")]
    [InlineData(0.95, "95.0 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.0, "0.0 %")]
    public void Ratio_Measured_HasOneDigitMoreThanItsNines(double ratio, string words) => Assert.Equal(words, Plain(Figures.Ratio(ratio)));

    [Theory]
    [InlineData(4.1, "4.1×")]
    [InlineData(0.04, "0.04×")]
    [InlineData(0.001, "< 0.01×")]
    [InlineData(0.0, "0×")]
    [InlineData(1000.0, "1,000×")]
    public void Burn_Rate_IsShortAndNeverZeroUnlessItIs(double rate, string words) => Assert.Equal(words, Plain(Figures.Burn(rate)));

    [Fact]
    public void Figures_Unknown_AreADash()
    {
        Assert.Equal("—", Figures.Percent(null));
        Assert.Equal("—", Figures.Ratio(double.NaN));
        Assert.Equal("—", Figures.Burn(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(4, "4 s")]
    [InlineData(3060, "51 min")]
    [InlineData(3600, "1 h")]
    [InlineData(478_800, "5 d 13 h")]
    public void Span_Seconds_HasTwoUnitsAtMost(int seconds, string words) => Assert.Equal(words, Plain(Figures.Span(Duration.FromSeconds(seconds))));

    [Theory]
    [InlineData("30d", "30 d")]
    [InlineData("5m", "5 min")]
    [InlineData("1h30m", "1 h 30 min")]
    public void Window_FieldText_GetsSpaces(string field, string words) => Assert.Equal(words, Plain(Figures.Window(field)));

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
