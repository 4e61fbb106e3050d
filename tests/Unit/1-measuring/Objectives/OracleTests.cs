using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>The oracle table of semantics.md: Sloth-style rules under Prometheus, 99.9 % over 30 d, 100 requests/s.</summary>
public sealed class OracleTests
{
    private const double PerMinute = 6000;
    private const int History = 73 * 60;

    [Fact]
    public void Oracle_FifteenPercentForTenMinutes_PagesFrom6To14() =>
        Assert.Equal(["Page 6-14"], After(History, 0.15, 10, 400));

    [Fact]
    public void Oracle_OutageForTenMinutes_PagesFrom1To39AndTicketsFrom5To369() =>
        Assert.Equal(["Page 1-39", "Ticket 5-369"], After(History, 1, 10, 4400));

    [Fact]
    public void Oracle_TwoPercentForAnHour_PagesFrom44To61() =>
        Assert.Equal(["Page 44-61"], After(History, 0.02, 60, 400));

    [Fact]
    public void Oracle_HalfPercentForADay_TicketsFrom865To1727() =>
        Assert.Equal(["Ticket 865-1727"], After(History, 0.005, 1440, 4400));

    [Fact]
    public void Oracle_FifteenPercentWithFourHoursOfHistory_DoesNotTicket() =>
        Assert.Equal(["Page 6-14"], After(240, 0.15, 10, 400));

    private static IReadOnlyList<string> After(int history, double errors, int minutes, int rest)
    {
        var scenario = new Scenario(history, Scenario.Availability());
        _ = scenario.Traffic(history, PerMinute, 0).Traffic(minutes, PerMinute, errors).Traffic(rest, PerMinute, 0);
        return scenario.Conditions();
    }
}
