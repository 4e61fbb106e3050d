using Nines.Measuring.Objectives;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section5GuardTests
{
    private const int Day = 1440;

    [Fact]
    public void Section5_FourHourOldService_DoesNotTicket()
    {
        var scenario = new Scenario(240, Scenario.Availability()).Traffic(240, 6000, 0).Traffic(10, 6000, 0.15).Traffic(400, 6000, 0);
        Assert.Equal(["Page 6-14"], scenario.Conditions());
    }

    [Fact]
    public void Section5_AfterATwoDayHole_DoesNotTicket()
    {
        var scenario = new Scenario(3 * Day, Scenario.Availability()).Traffic(Day, 6000, 0).Silence(2 * Day).Traffic(10, 6000, 0.15).Traffic(400, 6000, 0);
        Assert.Equal(["Page 6-14"], scenario.Conditions());
    }

    [Fact]
    public void Section5_YoungWindow_IsPartialOnScreen()
    {
        var scenario = new Scenario(90, Scenario.Availability()).Traffic(90, 6000, 0.01);
        Assert.False(scenario.Evaluate().Window(60).Partial);
        Assert.True(scenario.Evaluate().Window(360).Partial);
        Assert.Equal(10, scenario.Evaluate().Window(360).Burn, 1e-9);
        Assert.Equal(0.01 * 90 / 360, scenario.Evaluate().Window(360).AlertRatio, 1e-12);
    }

    [Fact]
    public void Section5_TwoFailures_PageNobodyAndSayWhy()
    {
        var scenario = new Scenario(Day, Scenario.Availability(target: 0.99)).Traffic(Day, 1, 0).Traffic(2, 1, 1).Traffic(1, 1, 0);
        var objective = Scenario.Availability(target: 0.99) with { MinFailures = 100 };
        var guarded = new Scenario(Day, objective).Traffic(Day, 10, 0).Traffic(9, 10, 1).Traffic(60, 10, 0);
        Assert.Empty(scenario.Conditions());
        var alerts = guarded.Run.Result().Alerts;
        Assert.Equal(
            "90 of 600 failed in the last 1 h (burn 15.0×), 50 of 50 in the last 5 min (burn 100×): both above 14.4×. That is fewer than the 100 failures in 1 h that page (90).",
            Scenario.Words(alerts.Single(a => a is { Severity: BurnSeverity.Page, Suppressed: true }).Reason));
        Assert.Equal(
            "90 of 600 failed in the last 1 h (burn 15.0×), 50 of 50 in the last 5 min (burn 100×): both above 14.4×. That is fewer than the 100 failures in 1 h that page (90). "
            + "So it is a ticket, not a page. 97.9 % of its budget is left; at the present rate it is gone in 7 h 3 min, Sun 21 Jun 07:12 UTC.",
            Scenario.Words(alerts.Single(a => a is { Severity: BurnSeverity.Ticket, Suppressed: false }).Reason));
    }

    [Fact]
    public void Section5_BudgetUnderThreeEvents_TicketsFromTheFirstFailure()
    {
        // One event every 30 minutes, 99.9 % over 30 d: 1.4 failures in the whole period.
        var scenario = new Scenario(7 * Day, Scenario.Availability());
        for (var i = 0; i < 7 * 48; i++) _ = scenario.Traffic(1, 1, 0).Quiet(29);
        _ = scenario.Traffic(1, 1, 1).Quiet(10);
        var alerts = scenario.Run.Result().Alerts;
        Assert.DoesNotContain(alerts, a => a is { Severity: BurnSeverity.Page, Suppressed: false });
        Assert.Contains("fewer than 3: the target is finer than the traffic.", alerts.First(a => a is { Severity: BurnSeverity.Page }).Reason, StringComparison.Ordinal);
        Assert.Contains(alerts, a => a is { Severity: BurnSeverity.Ticket, Suppressed: false });
    }

    [Fact]
    public void Section5_FiringAlert_IsNotTakenBackByTheGuard()
    {
        var objective = Scenario.Availability(target: 0.99) with { MinFailures = 90 };
        var scenario = new Scenario(Day, objective).Traffic(Day, 10, 0).Traffic(10, 10, 1).Quiet(55);
        Assert.Equal("Page 9-", scenario.Alerts()[0]);
    }

    [Fact]
    public void Section5_BudgetConsumed_AsksForAShareOfTheWholeBudget()
    {
        // By night a hundredth of the day's traffic: the same error ratio, but next to nothing of the budget.
        var ratio = Nightly(BurnPolicy.Shipped);
        var consumed = Nightly(BurnPolicy.Shipped with { BudgetConsumed = true });
        Assert.Contains(ratio.Conditions(), c => c.StartsWith("Page", StringComparison.Ordinal));
        Assert.Empty(consumed.Conditions());
    }

    [Fact]
    public void Section5_BudgetConsumed_FiresAtTheSharesOfEvenTraffic()
    {
        var policy = BurnPolicy.Shipped with { BudgetConsumed = true };
        var scenario = new Scenario(73 * 60, Scenario.Availability() with { Policy = policy })
            .Traffic(73 * 60, 6000, 0).Traffic(10, 6000, 0.15).Traffic(60, 6000, 0);
        Assert.Equal(["Page 6-14"], scenario.Conditions());
    }

    [Fact]
    public void Section5_BudgetThroughAQuarterAndZero_IsToldOnceEach()
    {
        var news = Told(0.9, 0.8, 0.24, 0.26, 0.24, -0.1, 0.05, -0.1, 0.2, 0.5);
        Assert.Equal([0.25, 0.0], news.OfType<BudgetCrossed>().Select(c => c.Threshold));
    }

    [Fact]
    public void Section5_AfterRecoveryAboveTheMargin_IsToldAgain()
    {
        var news = Told(0.24, 0.31, 0.24);
        Assert.Equal([0.25, 0.25], news.OfType<BudgetCrossed>().Select(c => c.Threshold));
    }

    internal static List<object> Told(params double[] remaining)
    {
        var scenario = new Scenario(0, Scenario.Availability());
        var watched = scenario.Run.Objectives.All[0];
        var news = new List<object>();
        var state = watched.Alerts;
        foreach (var left in remaining)
        {
            var now = scenario.Evaluate();
            (now.HasData, now.Remaining) = (true, left);
            state = BudgetNews.Step(watched, state, now, news);
        }

        return news;
    }

    private static Scenario Nightly(BurnPolicy policy) =>
        new Scenario(5 * Day, Scenario.Availability() with { Policy = policy })
            .Traffic(4 * Day, 10_000, 0).Traffic(Day, 100, 0).Traffic(30, 100, 0.2).Traffic(60, 100, 0);
}
