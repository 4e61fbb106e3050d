using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Cli;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>What people read at 03:07, word for word.</summary>
public sealed class AlertWordsTests
{
    private const int Day = 1440;

    private static string First(Scenario scenario, BurnSeverity severity = BurnSeverity.Page) =>
        Scenario.Words(scenario.Run.Result().Alerts.First(a => a.Severity == severity && !a.Suppressed).Reason);

    private static WatchedObjective Watched(Scenario scenario) => scenario.Run.Objectives.All[^1];

    [Fact]
    public void Firing_YoungService_ShowsTheBurnThatDecided() => Assert.Equal(
        "6,000 of 96,000 failed in the last 1 h (burn 62.5× in the 16 min that hold data, 16.7× over all of it), 6,000 of 30,000 in the last 5 min (burn 200×): both above 14.4×. "
        + "97.7 % of its budget is left; at the present rate it is gone in 3 h 31 min, Sun 21 Jun 03:32 UTC.",
        First(new Scenario(15, Scenario.Availability()).Traffic(15, 6000, 0).Traffic(1, 6000, 1)));

    [Fact]
    public void Firing_LargeCounts_AreRoundedToThreeDigits() => Assert.Equal(
        "1.20 million of 72.0 million failed in the last 1 h (burn 16.7×), 1.20 million of 6.00 million in the last 5 min (burn 200×): both above 14.4×. "
        + "97.7 % of its budget is left; at the present rate it is gone in 3 h 31 min, Sun 21 Jun 03:32 UTC.",
        First(new Scenario(Day, Scenario.Availability()).Traffic(Day, 1_200_000, 0).Traffic(1, 1_200_000, 1)));

    [Fact]
    public void Firing_BarelyOverTheLimit_IsNotRoundedOntoIt() => Assert.Contains(
        "(burn 14.402×)", First(new Scenario(Day, Scenario.Availability()).Traffic(Day, 100_000, 0).Traffic(61, 100_000, 0.014402)), StringComparison.Ordinal);

    [Fact]
    public void Firing_BudgetOverspent_NeverSaysZeroLeft() => Assert.EndsWith(
        " Its budget is overspent by 32 %.", First(new Scenario(30 * Day, Scenario.Availability()).Traffic(30 * Day, 6000, 0.0013).Traffic(100, 6000, 0.2)), StringComparison.Ordinal);

    [Fact]
    public void Firing_Timeslices_CountsSlices() => Assert.StartsWith(
        "44 of 60 slices were bad in the last 1 h (burn 14.7×), 5 of 5 in the last 5 min (burn 20.0×): both above 14.4×.",
        First(new Scenario(Day, Scenario.Availability(target: 0.95) with { Method = BudgetingMethod.Timeslices, TimeSliceTarget = 0.9 }).Traffic(Day, 6000, 0).Traffic(60, 6000, 0.5)),
        StringComparison.Ordinal);

    [Fact]
    public void Firing_ByConsumedBudget_NamesTheFailuresThatWereGranted() => Assert.StartsWith(
        "6,000 failed in the last 1 h, 6,000 in the last 5 min: more than the 5,184 and 432 that the budget of 30 d grants them.",
        First(new Scenario(Day, Scenario.Availability() with { Policy = BurnPolicy.Shipped with { BudgetConsumed = true } }).Traffic(Day, 6000, 0).Traffic(1, 6000, 1)),
        StringComparison.Ordinal);

    [Fact]
    public void Firing_AddedPair_NamesErrorsInsteadOfBurn() => Assert.StartsWith(
        "3,000 of 6,000 failed in the last 5 min (50.0 %), 600 of 1,200 in the last 1 min (50.0 %): both at least 50 % errors.",
        First(new Scenario(Day, Scenario.Availability(target: 0.9)).Traffic(Day, 1200, 0).Traffic(5, 1200, 0.5)),
        StringComparison.Ordinal);

    [Fact]
    public void Held_BudgetUnderThreeEvents_ShowsHowFew()
    {
        var scenario = new Scenario(7 * Day, Scenario.Availability());
        for (var i = 0; i < 7 * 48; i++) _ = scenario.Traffic(1, 1, 0).Quiet(29);
        _ = scenario.Traffic(1, 1, 1).Quiet(10);
        Assert.Contains(
            "All of 30 d may hold 1.4 failures, fewer than 3: the target is finer than the traffic. So it is a ticket, not a page.", First(scenario, BurnSeverity.Ticket), StringComparison.Ordinal);
    }

    [Fact]
    public void Over_BurnEnded_SaysBothWindowsAndWhatIsLeft()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0).Traffic(10, 6000, 0.15).Traffic(10, 6000, 0);
        Assert.Equal(
            "Burn is 0× in the last 5 min and 25.0× in the last 1 h. No pair of windows is above its limit any more. 96.5 % of its budget is left.",
            Scenario.Words(AlertWords.Over(Watched(scenario), BurnSeverity.Page, false, scenario.Evaluate())));
    }

    [Fact]
    public void Over_SilenceEnded_SaysThatItIsHeard()
    {
        var scenario = new Scenario(Day, Scenario.Availability()).Traffic(Day, 6000, 0);
        Assert.Equal(
            "Burn is 0× in the last 5 min and 0× in the last 1 h. It is heard again. All of its budget is left.",
            Scenario.Words(AlertWords.Over(Watched(scenario), BurnSeverity.Page, true, scenario.Evaluate())));
    }

    [Theory]
    [InlineData(1, "all of its budget is left")]
    [InlineData(0.98312, "98.3 % of its budget is left")]
    [InlineData(0.00001, "0.1 % of its budget is left")]
    [InlineData(0, "its budget is used up")]
    [InlineData(-0.042, "its budget is overspent by 4.2 %")]
    [InlineData(-0.3449, "its budget is overspent by 34 %")]
    [InlineData(-451.2, "its budget is overspent by 45,120 %")]
    public void Left_AnyBudget_IsSaidInOneWay(double remaining, string words) => Assert.Equal(words, Scenario.Words(BudgetWords.Left(remaining)));

    [Fact]
    public void Explain_YoungService_ShowsTheBurnThatIsHeldAgainstTheLimit()
    {
        var scenario = new Scenario(15, Scenario.Availability()).Traffic(15, 6000, 0).Traffic(1, 6000, 1);
        var watched = Watched(scenario);
        var lines = SloWords.Arithmetic(StatusReport.Of(watched, scenario.Evaluate(), watched.Alerts, scenario.Book)).Select(Scenario.Words).ToArray();
        Assert.Contains("page 1 h and 5 min: burn 16.7× and 200×, limit 14.4×: holds (minutes without data count as clean; 62.5× and 200× over those with data).", lines);
        Assert.Contains("page 6 h and 30 min: burn 2.8× and 33.3×, limit 6×: does not hold (minutes without data count as clean; 62.5× and 62.5× over those with data).", lines);
        Assert.Contains("By the events seen alone its budget is overspent by 6,150 %; with what is excluded 97.7 % of its budget is left.", lines);
    }

    [Fact]
    public void Crossed_Budget_NamesTheArithmetic()
    {
        var scenario = new Scenario(30 * Day, Scenario.Availability()).Traffic(29 * Day, 6000, 0).Traffic(1100, 6000, 0.03);
        Assert.Equal(
            "198,000 of the 259,200 failures that 30 d may hold. 23.6 % of its budget is left; at the present rate it is gone in 5 h 40 min, Sun 21 Jun 00:00 UTC.",
            Scenario.Words(BudgetWords.Crossed(Watched(scenario), scenario.Evaluate())));
    }

    [Fact]
    public void Firing_CompositeByOccurrences_AddsBurnAndNamesWhoBurnsMost()
    {
        var shop = new Objective
        {
            Name = "shop",
            Slo = "shop",
            Service = "shop",
            Target = 0.999,
            Window = new RollingWindow(NodaTime.Duration.FromDays(30)),
            Composite = [new("a"), new("b", 2)],
        };
        var scenario = new Scenario(Day, Scenario.Availability("a"), Scenario.Availability("b", 0.99), shop);
        for (var i = 0; i < Day + 60; i++)
        {
            var at = Minute.EndMs(Scenario.Onset - Day + i);
            scenario.Book.Add(0, StreamRole.Total, at, 1000);
            scenario.Book.Add(1, StreamRole.Total, at, 1000);
            scenario.Book.Add(0, StreamRole.Bad, at, i < Day ? 0 : 2);
            scenario.Book.Add(1, StreamRole.Bad, at, i < Day ? 0 : 100);
            scenario.Close();
        }

        Assert.StartsWith(
            "Burn adds up to 14.7× in the last 1 h, 22.0× in the last 5 min: both above 14.4×. b burns most: 91 % of it.",
            Scenario.Words(scenario.Run.Result().Alerts.First(a => a is { Objective: "shop", Severity: BurnSeverity.Page }).Reason), StringComparison.Ordinal);
    }
}
