using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section4AlertTests
{
    private const int Day = 1440;

    [Fact]
    public void Section4_ExactlyTheFactor_DoesNotFire()
    {
        // 1.44 % for an hour is exactly 14.4 times 0.1 %, and never above it.
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 10_000, 0).Traffic(120, 10_000, 0.0144);
        Assert.DoesNotContain(scenario.Conditions(), c => c.StartsWith("Page", StringComparison.Ordinal) && !c.StartsWith("Page 151", StringComparison.Ordinal));
    }

    [Fact]
    public void Section4_OneAlertPerSeverity_ThoughTwoPairsHold()
    {
        var scenario = new Scenario(3 * Day, Scenario.Availability()).Traffic(3 * Day, 6000, 0).Traffic(120, 6000, 0.5).Traffic(600, 6000, 0);
        Assert.Single(scenario.Run.Result().Alerts, a => a is { Severity: BurnSeverity.Page });
    }

    [Fact]
    public void Section4_PageEndsAndHoldsAgainWithin15Minutes_Reopens()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0)
            .Traffic(10, 6000, 0.15).Traffic(9, 6000, 0).Traffic(10, 6000, 0.15).Traffic(60, 6000, 0);
        Assert.Equal(["Page 6-14", "Page 20-57"], scenario.Conditions());
        Assert.Equal(["Page 6-57 again 20"], scenario.Alerts());
    }

    [Fact]
    public void Section4_PageHoldsAgainAfter15Minutes_PagesAgain()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0)
            .Traffic(10, 6000, 0.15).Traffic(30, 6000, 0).Traffic(10, 6000, 0.15).Traffic(60, 6000, 0);
        Assert.Equal(2, scenario.Run.Result().Alerts.Count(a => a.Severity == BurnSeverity.Page && a.Reopened.Count == 0));
    }

    [Fact]
    public void Section4_PageFires_SuppressesTheTicketUntilItEnds()
    {
        var scenario = new Scenario(73 * 60, Scenario.Availability()).Traffic(73 * 60, 6000, 0).Traffic(10, 6000, 1).Traffic(600, 6000, 0);
        Assert.Equal(["Page 1-39", "Ticket suppressed 5-39", "Ticket 40-369"], scenario.Alerts());
        var held = scenario.Run.Result().Alerts[1];
        Assert.Equal(
            "The same objective pages already. 30,000 of 8.64 million failed in the last 1 d (burn 3.5×), 30,000 of 720,000 in the last 2 h (burn 41.7×): both above 3×.",
            Scenario.Words(held.Reason));
    }

    [Fact]
    public void Section4_Reason_HoldsTheArithmetic()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0).Traffic(10, 6000, 1);
        Assert.Equal(
            "6,000 of 360,000 failed in the last 1 h (burn 16.7×), 6,000 of 30,000 in the last 5 min (burn 200×): both above 14.4×. "
            + "97.7 % of its budget is left; at the present rate it is gone in 3 h 31 min, Sun 21 Jun 03:32 UTC.",
            Scenario.Words(scenario.Run.Result().Alerts[0].Reason));
    }

    [Fact]
    public void Section4_ServiceThatMeetsItsObjective_NeverAlerts()
    {
        var scenario = new Scenario(0, Scenario.Availability(days: 28)).Traffic(7 * Day, 6000, 0.001);
        Assert.Empty(scenario.Conditions());
    }

    [Fact]
    public void Section4_OmittedWindow_Is28DaysRolling() =>
        Assert.Equal(new RollingWindow(Duration.FromDays(28)), new Objective { Name = "a", Slo = "a", Service = "a", Target = 0.9 }.Window);

    [Fact]
    public void Section4_CalendarMonth_CountsAs30Days()
    {
        var window = new CalendarWindow(new(2026, 1, 1, 0, 0), DateTimeZone.Utc, CalendarUnit.Month);
        Assert.Equal(14.4, BurnPlan.For(Scenario.Availability() with { Window = window }).Rules[0].Factor);
        Assert.Equal(Duration.FromDays(90), new CalendarWindow(new(2026, 1, 1, 0, 0), DateTimeZone.Utc, CalendarUnit.Quarter).Nominal);
    }

    [Fact]
    public void Section4_OpenSloAlertAfter_AsksThatTheConditionIsValidForThatLong()
    {
        var condition = new BurnPair(BurnSeverity.Page, Duration.FromHours(1), Duration.FromHours(1)) { Factor = 10 };
        // 10 % for 20 minutes: burn above 10 in the hour from minute 7 to 73; again for four minutes, which is too short.
        Assert.Equal(["Page 7-73"], Burning(condition));
        Assert.Equal(["Page 12-73"], Burning(condition with { After = Duration.FromMinutes(5) }));
        Assert.Equal([], Burning(condition with { After = Duration.FromMinutes(67) }));

        static IReadOnlyList<string> Burning(BurnPair pair) =>
            new Scenario(Day, Scenario.Availability() with { Policy = new("own", [pair]) { Written = true } })
                .Traffic(Day, 6000, 0).Traffic(20, 6000, 0.1).Traffic(300, 6000, 0).Conditions();
    }

    [Fact]
    public void Section4_AddedPair_NeedsTenFailures()
    {
        var few = new Scenario(Day, Scenario.Availability(target: 0.9)).Traffic(Day, 1.5, 0).Traffic(6, 1.5, 1);
        Assert.Contains(few.Alerts(), a => a.StartsWith("Page suppressed", StringComparison.Ordinal));
        var many = new Scenario(Day, Scenario.Availability(target: 0.9)).Traffic(Day, 15, 0).Traffic(6, 15, 1);
        Assert.Equal("Page 3-", many.Alerts()[0]);
    }
}
