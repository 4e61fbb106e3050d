using Nines.Shell.Charts;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Charts;

public sealed class SmallDrawingsTests
{
    [Fact]
    public void BudgetBar_Left38WithPace_ShowsBothAndTheNotches() => Assert.Equal(
        "<svg class=\"bar warn\" width=\"100%\" height=\"10\" aria-hidden=\"true\"><rect class=\"t\" width=\"100%\" height=\"10\"/><rect class=\"l\" width=\"38%\" height=\"10\"/>"
        + "<line class=\"k\" x1=\"25%\" x2=\"25%\" y1=\"0\" y2=\"10\"/><line class=\"k\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"10\"/><rect class=\"p\" x=\"62%\" y=\"-3\" width=\"2\" height=\"16\"/></svg>",
        BudgetBarSvg.Draw(0.38, "warn", 10, 0.62));

    [Theory]
    [InlineData(-0.04)]
    [InlineData(-12.0)]
    [InlineData(0.0)]
    public void BudgetBar_NothingLeft_KeepsAnEdgeOfItsColour(double left) =>
        Assert.Contains("<rect class=\"l\" width=\"5\" height=\"6\"/>", BudgetBarSvg.Draw(left, "gone", 6), StringComparison.Ordinal);

    [Fact]
    public void BudgetBar_NoData_IsADashedOutline()
    {
        Assert.Contains("bar none nodata", BudgetBarSvg.Draw(null, "none", 6), StringComparison.Ordinal);
        Assert.Contains("bar none nodata", BudgetBarSvg.Draw(double.NaN, "none", 6), StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_ABurst_IsMarkedOverTheHairline()
    {
        var svg = SparklineSvg.Draw([0, 0, 4, 4, 0], 4);

        Assert.Contains("<path class=\"hi\" d=\"M50,0 75,0\"/>", svg, StringComparison.Ordinal);
        Assert.Contains("<path class=\"ln\" d=\"M0,21.6 25,21.6 50,0 75,0 100,21.6\"/>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_Hole_BreaksTheLineAndLoneValuesAreDots() =>
        Assert.Contains("<path class=\"ln\" d=\"M0,17.1h1.5\"/><path class=\"ln\" d=\"M100,17.1h-1.5\"/>", SparklineSvg.Draw([1, double.NaN, 1], 4), StringComparison.Ordinal);

    [Fact]
    public void AlertStrip_PageStillHolding_ReachesTheEdgeAndIsTall()
    {
        var svg = AlertStripSvg.Draw(new(0, 100), [new(50, null, Page: true, Muted: false, "now")]);

        Assert.Contains("<rect class=\"bad\" x=\"50%\" width=\"50%\" y=\"2\" height=\"19\"><title>now</title></rect>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void AlertStrip_BeforeTheSpan_IsLeftOut() =>
        Assert.DoesNotContain("<rect", AlertStripSvg.Draw(new(100, 200), [new(0, 50, Page: true, Muted: false, "old")]), StringComparison.Ordinal);

    [Fact]
    public void BurnBar_LimitOf14_StandsAt72PerCentOfTheLogScale() =>
        Assert.Contains("<rect class=\"p\" x=\"71.95%\" width=\"2\" height=\"18\"/>", BurnBarSvg.Draw(0.4, 0.2, 14.4, firing: false), StringComparison.Ordinal);

    [Fact]
    public void BurnBar_NoData_HasNoBarsButItsLimit()
    {
        var svg = BurnBarSvg.Draw(null, double.NaN, 6, firing: false);

        Assert.DoesNotContain("brandf", svg, StringComparison.Ordinal);
        Assert.Contains("class=\"p\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Lane_YoungService_BeginsWithADottedLine()
    {
        var svg = LaneSvg.Draw(new(0, 100), [], [], beganMs: 75);

        Assert.Contains("<line class=\"g\" x1=\"75%\" x2=\"100%\"", svg, StringComparison.Ordinal);
        Assert.Contains("<line class=\"dr\" x1=\"0\" x2=\"75%\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Lane_NoData_IsHatchedToNow() =>
        Assert.Contains("<rect class=\"gap\" x=\"75%\" width=\"25%\" y=\"7\" height=\"16\"><title>silent</title></rect>",
            LaneSvg.Draw(new(0, 100), [new(75, null, LaneKind.NoData, "silent")], []), StringComparison.Ordinal);

    [Fact]
    public void Times_ThirtyDays_AreMondaysInTheReadersZone()
    {
        var from = Instant.FromUtc(2026, 10, 20, 8, 42).ToUnixTimeMilliseconds();
        var to = Instant.FromUtc(2026, 11, 19, 8, 42).ToUnixTimeMilliseconds();

        var ticks = Ticks.Times(new(from, to), DateTimeZoneProviders.Tzdb["Europe/Berlin"]);

        Assert.Equal(["26 Oct", "2 Nov", "9 Nov", "16 Nov"], ticks.Select(t => t.Words));
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 23, 0).ToUnixTimeMilliseconds(), ticks[0].AtMs);
    }

    [Fact]
    public void Times_AnySpan_AreAtMostSevenAndInOrder()
    {
        for (var minutes = 1L; minutes < 600_000; minutes = (minutes * 3 / 2) + 1)
        {
            var ticks = Ticks.Times(new(0, minutes * 60_000), DateTimeZone.Utc);
            Assert.InRange(ticks.Count, 0, 7);
            Assert.Equal(ticks.OrderBy(t => t.AtMs), ticks);
        }
    }

    [Theory]
    [InlineData(0.03, 0.05)]
    [InlineData(1, 1)]
    [InlineData(101, 200)]
    [InlineData(2.3, 2.5)]
    public void RoundUp_Value_IsTheNextRoundNumber(double value, double round) => Assert.Equal(round, Ticks.RoundUp(value), 9);
}
