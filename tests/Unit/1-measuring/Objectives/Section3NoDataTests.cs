using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section3NoDataTests
{
    private const int Day = 1440;

    [Fact]
    public void Section3_Ignore_HoleLeavesTheSums()
    {
        var scenario = Holed(Scenario.Availability());
        Assert.Equal(0, scenario.Evaluate().Budget.Bad);
        Assert.Equal(100.0 * (Day + 60), scenario.Evaluate().Budget.Total, 1e-6);
    }

    [Fact]
    public void Section3_BadForOccurrences_CountsTheHoleAtTheUsualRate()
    {
        var scenario = Holed(Scenario.Availability() with { NoData = NoDataPolicy.Bad });
        Assert.Equal(100.0 * 30, scenario.Evaluate().Budget.Bad, 1e-6);
    }

    [Fact]
    public void Section3_GoodForOccurrences_CountsTheHoleAsGood()
    {
        var now = Holed(Scenario.Availability() with { NoData = NoDataPolicy.Good }).Evaluate();
        Assert.Equal(0, now.Budget.Bad);
        Assert.Equal(100.0 * (Day + 90), now.Budget.Total, 1e-6);
    }

    [Theory]
    [InlineData(NoDataPolicy.Bad, 30)]
    [InlineData(NoDataPolicy.Good, 0)]
    [InlineData(NoDataPolicy.Ignore, 0)]
    public void Section3_Slices_HoleIsBadGoodOrLeaves(NoDataPolicy policy, int bad)
    {
        var now = Holed(Scenario.Availability() with { NoData = policy, Method = BudgetingMethod.Timeslices, TimeSliceTarget = 0.99 }).Evaluate();
        Assert.Equal(bad, now.Budget.Bad, 1e-6);
        Assert.Equal((30 * Day) - (policy == NoDataPolicy.Ignore ? 30 : 0), now.Budget.Expected, 1e-6);
    }

    [Fact]
    public void Section3_NothingEverCame_IsNoDataAndNeverMet()
    {
        var scenario = new Scenario(0, Scenario.Availability()).Silence(10);
        Assert.False(scenario.Evaluate().HasData);
        Assert.Empty(scenario.Alerts());
    }

    [Fact]
    public void Section3_ServiceThatDiesCompletely_DoesNotEndItsOwnPage()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0).Traffic(10, 6000, 1).Quiet(120);
        Assert.Equal(["Page 1-", "Ticket 5-"], scenario.Conditions());
        Assert.Equal("Page 1-", scenario.Alerts()[0]);
        _ = scenario.Traffic(120, 6000, 0);
        Assert.StartsWith("Page 1-1", scenario.Alerts()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Section3_SourceGoesSilent_PagesAfterTheDelayOfATotalOutage()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0).Silence(30);
        // 99.9 % over 30 d: one minute of outage would page; at least 2 minutes, and at least 3 intervals.
        Assert.Equal(["Page 4-"], scenario.Alerts());
        Assert.Equal(
            "No samples came for checkout since Sun 21 Jun 00:00 UTC; usual at this hour are 6,000 events a minute. All of its budget is left.",
            Scenario.Words(scenario.Run.Result().Alerts[0].Reason));
        _ = scenario.Traffic(5, 6000, 0);
        Assert.Equal(["Page 4-30"], scenario.Alerts());
    }

    [Fact]
    public void Section3_NoEventsAtAQuietHour_IsATicketOrNothing()
    {
        var rare = new Scenario(Day, Scenario.Availability()).Traffic(Day, 0.5, 0).Quiet(40);
        // Half an event a minute: ten were due after 20 minutes.
        Assert.Equal(["Ticket 20-"], rare.Alerts());
    }

    [Fact]
    public void Section3_NoEventsWhereMostMinutesAreEmpty_IsUsual()
    {
        var scenario = new Scenario(Day, Scenario.Availability());
        for (var i = 0; i < Day / 6; i++) _ = scenario.Traffic(1, 1, 0).Quiet(5);
        Assert.Empty(scenario.Quiet(60).Alerts());
    }

    [Fact]
    public void Section3_NinesCannotRead_TellsItsOwnPeopleOnly()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0);
        scenario.Book.Blind(0, "connection refused");
        _ = scenario.Silence(10);
        Assert.Empty(scenario.Alerts());
        Assert.Equal(AbsenceCause.OwnFault, scenario.Run.Objectives.All[0].Alerts.Absence!.Cause);
    }

    [Fact]
    public void Section3_AbsenceJoinsTheAlertThatFires()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0).Traffic(10, 6000, 1).Silence(60);
        Assert.Single(scenario.Alerts(), a => a.StartsWith("Page", StringComparison.Ordinal));
    }

    [Fact]
    public void Section3_DelayFollowsThePlan()
    {
        Assert.Equal(2, AbsenceRule.DelayMinutes(BurnPlan.For(BurnPolicy.Shipped, 0.999, Duration.FromDays(30))));
        Assert.Equal(9, AbsenceRule.DelayMinutes(BurnPlan.For(BurnPolicy.Shipped, 0.99, Duration.FromDays(30))));
    }

    [Fact]
    public void Section3_Median_IsThatOfTheHourOfTheWeek()
    {
        var stream = new MinuteStream(1);
        for (var m = 0; m < 14 * Day; m++) _ = stream.Add(Scenario.Onset + m, 0, m / 60 % 24 < 12 ? 7 : 3);
        Assert.Equal(7, HourOfWeek.Median(stream, Scenario.Onset + (14 * Day) + 5));
        Assert.Equal(3, HourOfWeek.Median(stream, Scenario.Onset + (14 * Day) + (13 * 60)));
    }

    private static Scenario Holed(Objective objective) =>
        new Scenario(Day, objective).Traffic(Day, 100, 0).Silence(30).Traffic(60, 100, 0);
}
