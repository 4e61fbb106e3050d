using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section6BudgetTests
{
    private const int Day = 1440;
    private const int TwoWeeks = 14 * Day;

    private static Objective Attack(BudgetingMethod method) => Scenario.Availability(target: 0.95, days: 14) with
    {
        Method = method,
        TimeSliceTarget = 0.99,
        Policy = BurnPolicy.None,
    };

    [Fact]
    public void Section6_OpenSloScenario_TimeslicesAreExhaustedAfter16h48m()
    {
        var scenario = new Scenario(TwoWeeks, Attack(BudgetingMethod.Timeslices)).Traffic(TwoWeeks, 1000, 0.01);
        Assert.Equal((16 * 60) + 48, MinutesUntilExhausted(scenario));
    }

    [Fact]
    public void Section6_OpenSloScenario_RatioTimeslicesAreExhaustedAfter13_71Hours()
    {
        var scenario = new Scenario(TwoWeeks, Attack(BudgetingMethod.RatioTimeslices)).Traffic(TwoWeeks, 1000, 0.01);
        // 13.71 h are 822.9 minutes: the 823rd full minute sees it.
        Assert.Equal(823, MinutesUntilExhausted(scenario));
    }

    [Fact]
    public void Section6_OpenSloScenario_WindowThatStartsWithTheAttackTakes16_97Hours()
    {
        var scenario = new Scenario(0, Attack(BudgetingMethod.RatioTimeslices));
        // 16.97 h are 1018.2 minutes: the 1019th full minute sees it.
        Assert.Equal(1019, MinutesUntilExhausted(scenario));
    }

    [Fact]
    public void Section6_FullRollingWindow_IsOneMinusBadOverAllowed()
    {
        var scenario = new Scenario(2 * Day, Scenario.Availability(days: 1)).Traffic(2 * Day, 100, 0).Traffic(60, 100, 0.01);
        var now = scenario.Evaluate();
        Assert.Equal(1 - (60 / (0.001 * 144_000)), now.Remaining, 1e-9);
        Assert.Equal(now.Remaining, now.PlainRemaining, 1e-9);
    }

    [Fact]
    public void Section6_YoungRollingWindow_CountsTheRestAtTheObservedRate()
    {
        var now = new Scenario(60, Scenario.Availability()).Traffic(60, 100, 0.01).Evaluate();
        Assert.Equal(100.0 * 30 * Day, now.Budget.Expected, 1e-3);
        Assert.Equal(1 - (60 / (0.001 * 100 * 30 * Day)), now.Remaining, 1e-9);
        Assert.Equal(-9, now.PlainRemaining, 1e-9);
    }

    [Fact]
    public void Section6_CalendarMonth_CountsTheRestAsTheLastMonthSawIt()
    {
        var may = Instant.FromUtc(2026, 5, 1, 0, 0);
        var window = new CalendarWindow(new(2026, 1, 1, 0, 0), DateTimeZone.Utc, CalendarUnit.Month);
        var objective = Scenario.Availability() with { Window = window, Policy = BurnPolicy.None };
        var book = Filled(objective, may, (31 * Day) + Day, m => m < 15 * Day ? 100 : 300, out var set);
        var now = At(set, may + Duration.FromDays(32));
        // June has 30 days: one day seen at 300, 29 to come as days 2 to 31 of May, less the one that June lacks.
        Assert.Equal(Instant.FromUtc(2026, 6, 1, 0, 0).ToUnixTimeMilliseconds(), now.PeriodStartMs);
        Assert.Equal(300.0 * Day, now.Budget.Total, 1e-6);
        var expected = (300.0 * Day) + (14 * 100.0 * Day) + (16 * 300.0 * Day);
        Assert.Equal(expected, now.Budget.Expected, 1e-3);
        Assert.False(book.StreamOf(0).IsEmpty);
    }

    [Fact]
    public void Section6_CalendarMonthWithoutALastOne_CountsTheRestAtTheObservedRate()
    {
        var june = Instant.FromUtc(2026, 6, 1, 0, 0);
        var window = new CalendarWindow(new(2026, 1, 1, 0, 0), DateTimeZone.Utc, CalendarUnit.Month);
        _ = Filled(Scenario.Availability() with { Window = window, Policy = BurnPolicy.None }, june, 3 * Day, _ => 50, out var set);
        var now = At(set, june + Duration.FromDays(3));
        Assert.Equal(50.0 * 30 * Day, now.Budget.Expected, 1e-3);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T12:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25T12:00:00Z", 25)]
    [InlineData("Asia/Kolkata", "2026-10-25T12:00:00Z", 24)]
    [InlineData("America/Sao_Paulo", "2017-10-15T12:00:00Z", 23)]
    public void Section6_CalendarDay_IsAsLongAsItIsInItsZone(string zone, string at, int hours)
    {
        var window = new CalendarWindow(new(2017, 1, 1, 0, 0), DateTimeZoneProviders.Tzdb[zone], CalendarUnit.Day);
        var period = window.PeriodAt(NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value);
        Assert.Equal(Duration.FromHours(hours), period.Duration);
    }

    [Fact]
    public void Section6_CalendarPeriods_AreBackToBackInEveryUnit()
    {
        foreach (var unit in Enum.GetValues<CalendarUnit>())
        {
            var window = new CalendarWindow(new(2020, 1, 31, 2, 30), DateTimeZoneProviders.Tzdb["Europe/Berlin"], unit);
            for (var at = Instant.FromUtc(2019, 1, 1, 0, 0); at < Instant.FromUtc(2022, 1, 1, 0, 0); at += Duration.FromHours(31))
            {
                var period = window.PeriodAt(at);
                Assert.True(period.Contains(at));
                Assert.Equal(period.End, window.PeriodAt(period.End).Start);
            }
        }
    }

    [Fact]
    public void Section6_Timeslices_CountAllSlicesOfTheWindow()
    {
        var objective = Scenario.Availability(target: 0.99) with { Method = BudgetingMethod.Timeslices, TimeSliceTarget = 0.95, TimeSliceWindow = Duration.FromMinutes(5) };
        var now = new Scenario(0, objective).Traffic(60, 100, 0.1).Traffic(60, 100, 0.05).Evaluate();
        Assert.Equal(12, now.Budget.Bad);
        Assert.Equal(30 * Day / 5, now.Budget.Expected, 1e-9);
        Assert.Equal(1 - (12 / (0.01 * 8640)), now.Remaining, 1e-9);
    }

    [Fact]
    public void Section6_LateEvents_TurnTheirSlice()
    {
        var objective = Scenario.Availability(target: 0.99) with { Method = BudgetingMethod.Timeslices, TimeSliceTarget = 0.95 };
        var scenario = new Scenario(0, objective).Traffic(600, 100, 0);
        Assert.Equal(0, scenario.Evaluate().Budget.Bad);
        scenario.Book.Add(0, StreamRole.Bad, Minute.EndMs(Scenario.Onset + 3), 50);
        Assert.Equal(1, scenario.Evaluate().Budget.Bad);
    }

    [Theory]
    [InlineData(0.51, BudgetState.Healthy)]
    [InlineData(0.50, BudgetState.Warning)]
    [InlineData(0.26, BudgetState.Warning)]
    [InlineData(0.25, BudgetState.Critical)]
    [InlineData(0.01, BudgetState.Critical)]
    [InlineData(0, BudgetState.Exhausted)]
    [InlineData(-3, BudgetState.Exhausted)]
    public void Section8_State_FollowsWhatIsLeft(double remaining, BudgetState state) =>
        Assert.Equal(state, ErrorBudget.State(remaining, BudgetState.Healthy));

    [Fact]
    public void Section8_AfterExhaustion_IsFrozenUntilTenPercent()
    {
        var states = Section5GuardTests.Told(0.3, -0.1, 0.05, 0.09, 0.10, 0.05).OfType<BudgetStateChanged>().Select(c => c.To);
        Assert.Equal([BudgetState.Warning, BudgetState.Exhausted, BudgetState.Frozen, BudgetState.Critical], states);
    }

    private static IndicatorBook Filled(Objective objective, Instant from, int minutes, Func<int, double> total, out ObjectiveSet set)
    {
        set = new(new());
        _ = set.Replace([objective]);
        var first = from.ToUnixTimeSeconds() / 60;
        for (var m = 0; m < minutes; m++) set.Book.Add(0, StreamRole.Total, Minute.EndMs(first + m), total(m));
        return set.Book;
    }

    private static Evaluation At(ObjectiveSet set, Instant at)
    {
        var result = new Evaluation();
        Evaluator.Evaluate(set.All[0], at.ToUnixTimeMilliseconds(), result);
        return result;
    }

    private static long MinutesUntilExhausted(Scenario scenario)
    {
        while (scenario.Now < TwoWeeks)
        {
            _ = scenario.Traffic(1, 1000, 0.99);
            if (scenario.Evaluate().Remaining <= 1e-12) return scenario.Now;
        }

        return -1;
    }
}
