using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section7ProjectionTests
{
    private const int Day = 1440;

    [Fact]
    public void Section7_SteadyBurnOfTwo_IsGoneAfterHalfThePeriodAtEveryRate()
    {
        var scenario = new Scenario(60 * Day, Scenario.Availability()).Traffic(59 * Day, 100, 0).Traffic(Day, 100, 0.002);
        foreach (var rate in Projection.Rates)
        {
            var at = Exhausts(scenario, rate);
            // One day at burn 2 is spent; 28 of 30 days' budget is left at 2 a day: 14 days.
            Assert.Equal(14 * Day, (at!.Value / Minute.Ms) - Scenario.Onset, 1.0);
        }
    }

    [Fact]
    public void Section7_NothingFails_IsNever() =>
        Assert.Null(Exhausts(new Scenario(0, Scenario.Availability()).Traffic(Day, 100, 0), 60));

    [Fact]
    public void Section7_BurnUnderOne_IsNeverWithinThePeriod() =>
        Assert.Null(Exhausts(new Scenario(0, Scenario.Availability()).Traffic(40 * Day, 100, 0.0005), 1440));

    [Fact]
    public void Section7_WhatLeavesTheWindow_IsDropped()
    {
        // 90 % was spent 29 days ago and leaves tomorrow; the present burn of 1.2 alone would take 25 days.
        var scenario = new Scenario(31 * Day, Scenario.Availability())
            .Traffic(2 * Day, 100, 0).Traffic(Day, 100, 0.027).Traffic(27 * Day, 100, 0).Traffic(Day, 100, 0.0012);
        var straight = scenario.Evaluate().Remaining / 1.2 * 30;
        Assert.InRange(straight, 0.5, 2.5);
        var at = (Exhausts(scenario, 60)!.Value / Minute.Ms) - scenario.Now - Scenario.Onset;
        Assert.InRange(at / (double)Day, 23, 26);
    }

    [Fact]
    public void Section7_Exhausted_IsNow()
    {
        var scenario = new Scenario(0, Scenario.Availability(days: 1)).Traffic(Day, 100, 0.002);
        Assert.Equal(Minute.StartMs(Scenario.Onset + Day), Exhausts(scenario, 60));
    }

    [Fact]
    public void Section7_Calendar_EndsWithItsPeriod()
    {
        var window = new CalendarWindow(new(2026, 6, 1, 0, 0), DateTimeZone.Utc, CalendarUnit.Month);
        var slow = new Scenario(0, Scenario.Availability() with { Window = window }).Traffic(Day, 100, 0.001);
        Assert.Null(Exhausts(slow, 60));
        var fast = new Scenario(0, Scenario.Availability() with { Window = window }).Traffic(Day, 100, 0.01);
        Assert.NotNull(Exhausts(fast, 60));
    }

    private static long? Exhausts(Scenario scenario, int rate) =>
        Projection.Exhausts(scenario.Run.Objectives.All[0], scenario.Evaluate(), rate);
}
