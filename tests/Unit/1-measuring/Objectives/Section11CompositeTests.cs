using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Cli;
using Nines.Measuring.Objectives.Ui;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section11CompositeTests
{
    private const int Day = 1440;

    private static Objective Together(BudgetingMethod method, params CompositeMember[] members) => new()
    {
        Name = "shop",
        Slo = "shop",
        Service = "shop",
        Target = 0.99,
        Window = new RollingWindow(Duration.FromDays(30)),
        Method = method,
        TimeSliceTarget = 0.95,
        Composite = members,
    };

    [Fact]
    public void Section11_Occurrences_AddsWeightTimesBurn()
    {
        var now = Two(Together(BudgetingMethod.Occurrences, new("a", 2), new("b", 0.5)), 0.002, 0.03);
        // a burns 2 (99.9 %), b burns 3 (99 %).
        Assert.Equal((2 * 2) + (0.5 * 3), now.Window(60).Burn, 1e-9);
        Assert.Equal(1 - (((2 * 2) + (0.5 * 3)) / 30), now.Remaining, 1e-9);
    }

    [Fact]
    public void Section11_Timeslices_AnyBadMemberMakesTheSliceBad()
    {
        Assert.Equal(Day, Two(Together(BudgetingMethod.Timeslices, new("a"), new("b")), 0, 0.1).Budget.Bad, 1e-9);
        Assert.Equal(0, Two(Together(BudgetingMethod.Timeslices, new("a"), new("b")), 0.04, 0.04).Budget.Bad, 1e-9);
    }

    [Fact]
    public void Section11_RatioTimeslices_IsTheWeightedMean()
    {
        var now = Two(Together(BudgetingMethod.RatioTimeslices, new("a", 3), new("b", 1)), 0.02, 0.1);
        Assert.Equal(((3 * 0.02) + 0.1) / 4, now.Window(60).ErrorRatio, 1e-9);
    }

    [Fact]
    public void Section11_NestedOccurrences_MultiplyWeights()
    {
        var inner = Together(BudgetingMethod.Occurrences, new CompositeMember("a", 2)) with { Name = "inner", Slo = "inner" };
        var outer = Together(BudgetingMethod.Occurrences, new CompositeMember("inner", 0.5));
        var now = Two(outer, 0.002, 0, inner);
        Assert.Equal(2, now.Window(60).Burn, 1e-9);
    }

    [Fact]
    public void Section11_MemberKeepsItsOwnNoDataRule()
    {
        var a = Scenario.Availability("a");
        var b = Scenario.Availability("b", 0.99) with { NoData = NoDataPolicy.Bad };
        var scenario = new Scenario(0, a, b, Together(BudgetingMethod.Timeslices, new("a"), new("b")));
        for (var i = 0; i < 60; i++) Minutes(scenario, i < 30);
        Assert.Equal(27, scenario.Evaluate("shop").Budget.Bad, 1e-9);
    }

    [Fact]
    public void Section11_PageOfAComposite_NamesTheMemberThatBurnsMost()
    {
        var scenario = new Scenario(0, Scenario.Availability("a"), Scenario.Availability("b", 0.99), Together(BudgetingMethod.Occurrences, new("a"), new("b")));
        for (var i = 0; i < 10; i++)
        {
            var at = Nines.Measuring.Indicators.Minute.EndMs(Scenario.Onset + i);
            scenario.Book.Add(0, StreamRole.Total, at, 1000);
            scenario.Book.Add(1, StreamRole.Total, at, 1000);
            scenario.Book.Add(1, StreamRole.Bad, at, 1000);
            scenario.Close();
        }

        var page = scenario.Run.Result().Alerts.First(a => a is { Objective: "shop", Severity: BurnSeverity.Page });
        Assert.Contains(" b burns most: 100 % of it. ", Scenario.Words(page.Reason), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BudgetingMethod.Timeslices, "51 of 60 slices were bad in the last 1 h", " b burns most: 98 % of it. ")]
    [InlineData(BudgetingMethod.RatioTimeslices, " slices were lost in the last 1 h", " b burns most: 98 % of it. ")]
    public void Section11_PageOfASliceComposite_NamesTheMemberThatBurnsMost(BudgetingMethod method, string what, string who)
    {
        var inner = Together(method, new CompositeMember("b")) with { Name = "inner", Slo = "inner" };
        var scenario = new Scenario(0, Scenario.Availability("a"), Scenario.Availability("b", 0.99), inner, Together(method, new("a"), new("inner")));
        for (var i = 0; i < Day; i++)
        {
            // a is a little bad now and then, b is bad for the last 50 minutes.
            var at = Nines.Measuring.Indicators.Minute.EndMs(Scenario.Onset + i);
            scenario.Book.Add(0, StreamRole.Total, at, 1000);
            scenario.Book.Add(0, StreamRole.Bad, at, i % 10 == 0 ? 100 : 0);
            scenario.Book.Add(1, StreamRole.Total, at, 1000);
            scenario.Book.Add(1, StreamRole.Bad, at, i < Day - 50 ? 0 : 500);
            scenario.Close();
        }

        var watched = scenario.Run.Objectives.Find("shop")!;
        var words = Scenario.Words(AlertWords.Firing(watched, new(AlertPhase.Firing, 0, null, null), scenario.Evaluate("shop")));
        Assert.Contains(what, words, StringComparison.Ordinal);
        Assert.Contains(who, words, StringComparison.Ordinal);
    }

    [Fact]
    public void Section11_ChartsOfOccurrences_AddWeightTimesBurn()
    {
        var scenario = Played(Together(BudgetingMethod.Occurrences, new("a", 2), new("b", 0.5)), 0.002, 0.03);
        var shop = scenario.Run.Objectives.Find("shop")!;
        var end = Instant.FromUnixTimeSeconds((Scenario.Onset + Day) * 60);
        var start = end - Duration.FromDays(1);
        Assert.All(SeriesReader.Burn(shop, start, end, 24).Values, v => Assert.Equal((2 * 2) + (0.5 * 3), v, 1e-9));
        Assert.All(SeriesReader.Traffic(shop, start, end, 24).Values, v => Assert.Equal(150, v, 1e-9));
        Assert.Equal(scenario.Evaluate("shop").Remaining, SeriesReader.Remaining(shop, start, end, 24).Values[^1], 1e-9);
        var minutes = ObjectiveMinutes.Read(shop, start, end);
        Assert.Equal((150, (0.2) + 1.5), (minutes.Total[7], minutes.Bad[7]));
        var history = BudgetHistory.Of(minutes, allowed: 1);
        Assert.Equal(scenario.Evaluate("shop").Remaining, history.Left[^1], 1e-9);
        Assert.All(BurnChart.Rates(history, 3_600_000, 0.01, out _), r => Assert.Equal(5.5, r, 1e-9));
    }

    [Fact]
    public void Section11_BacktestOfOccurrences_AddsWhatMembersSpent()
    {
        // a alone is well; b burns, and with it the composite.
        var scenario = Played(Together(BudgetingMethod.Occurrences, new("a"), new("b")), 0, 0.2);
        var result = scenario.Run.Result();
        var page = result.Alerts.First(a => a is { Objective: "shop", Severity: BurnSeverity.Page, Suppressed: false });
        Assert.Equal(page.Start - Instant.FromUnixTimeSeconds(Scenario.Onset * 60), page.DetectedAfter);
        var left = result.Budget.First(x => x.Objective == "shop" && x.At == page.Start).Remaining;
        Assert.Equal(1 - left, page.BudgetSpent!.Value, 1e-9);
        Assert.Equal(1 - (20.0 / 30), result.Budget.Last(x => x.Objective == "shop").Remaining, 1e-9);
    }

    [Fact]
    public void Section11_CompositeOfOccurrences_HasItsOwnWindow()
    {
        var week = Together(BudgetingMethod.Occurrences, new("a"), new("b")) with { Window = new RollingWindow(Duration.FromDays(7)) };
        var now = Two(week, 0.002, 0);
        Assert.Equal(Duration.FromDays(7).TotalMilliseconds, now.PeriodEndMs - now.PeriodStartMs);
        // Burn 2 for one day of seven, the other six at the same rate.
        Assert.Equal(1 - (2.0 / 7), now.Remaining, 1e-9);
    }

    [Fact]
    public void Section11_MemberFallsSilent_TheCompositeNamesIt_AndOnlyTheMemberAlertsIt()
    {
        var a = Scenario.Availability("a");
        var b = Scenario.Availability("b", 0.99) with { NoData = NoDataPolicy.Bad };
        var scenario = new Scenario(0, a, b, Together(BudgetingMethod.Occurrences, new("a"), new("b", 2)));
        for (var i = 0; i < Day; i++) Minutes(scenario, true);
        for (var i = 0; i < 30; i++) Minutes(scenario, false);
        var shop = scenario.Run.Objectives.Find("shop")!;
        var status = StatusReport.Of(shop, scenario.Evaluate("shop"), shop.Alerts, scenario.Book);
        Assert.Contains("The member b is silent since 2026-06-22 00:00Z: its missing minutes count as bad.", status.Findings);
        Assert.Null(status.SilentSince);
        Assert.Equal(["a 1", "b 2"], status.Members!.Select(m => $"{m.Objective} {m.Weight}"));
        Assert.DoesNotContain(scenario.Run.Result().Alerts, x => x.Objective == "shop" && x.Reason.Contains("came for", StringComparison.Ordinal));
        Assert.Contains(scenario.Run.Result().Alerts, x => x.Objective == "b" && x.Reason.StartsWith("No samples came for b since ", StringComparison.Ordinal));
    }

    [Fact]
    public void Section11_AllMembersSilent_IsNoData()
    {
        var scenario = Played(Together(BudgetingMethod.Timeslices, new("a"), new("b")), 0, 0).Silence(30);
        var shop = scenario.Run.Objectives.Find("shop")!;
        var status = StatusReport.Of(shop, scenario.Evaluate("shop"), shop.Alerts, scenario.Book);
        Assert.Equal(BudgetState.NoData, status.State);
        Assert.NotNull(status.SilentSince);
    }

    [Fact]
    public void Section11_Explain_AddsTheMembersUp()
    {
        var scenario = Played(Together(BudgetingMethod.Occurrences, new("a", 2), new("b", 0.5)), 0.002, 0.03);
        var shop = scenario.Run.Objectives.Find("shop")!;
        var lines = SloWords.Arithmetic(StatusReport.Of(shop, scenario.Evaluate("shop"), shop.Alerts, scenario.Book)).Select(Scenario.Words).ToArray();
        Assert.Contains("a, weight 2: 6.7 % of its own budget spent.", lines);
        Assert.Contains("Left = 1 - (2 x 6.7 % + 0.5 x 10.0 %) = 81.7 %.", lines);
    }

    [Fact]
    public void Section11_Circle_IsRefusedWithThePath()
    {
        var x = Together(BudgetingMethod.Occurrences, new CompositeMember("y")) with { Name = "x" };
        var y = Together(BudgetingMethod.Occurrences, new CompositeMember("z")) with { Name = "y" };
        var z = Together(BudgetingMethod.Occurrences, new CompositeMember("x")) with { Name = "z" };
        var problems = CompositeRules.Check([x, y, z]);
        Assert.Contains(problems, p => p.ToString() == "x: A composite contains itself: x > y > z > x. Take one of these members out.");
        Assert.Empty(new Scenario(0, x, y, z).Run.Objectives.All);
    }

    [Fact]
    public void Section11_UnknownMemberAndWeight_AreRefused()
    {
        var problems = CompositeRules.Check([Scenario.Availability("a"), Together(BudgetingMethod.Occurrences, new("a", 0), new("gone"))]);
        Assert.Equal(
            ["shop: spec.objectives[0]: The weight of \"a\" is 0. Write a weight above 0.", "shop: spec.objectives[1]: The member \"gone\" does not exist. Name an objective that does."],
            problems.Select(p => p.ToString()));
    }

    private static void Minutes(Scenario scenario, bool both)
    {
        var at = Nines.Measuring.Indicators.Minute.EndMs(Scenario.Onset + scenario.Now);
        scenario.Book.Add(0, StreamRole.Total, at, 100);
        if (both) scenario.Book.Add(1, StreamRole.Total, at, 100);
        scenario.Close();
    }

    private static Evaluation Two(Objective composite, double a, double b, params Objective[] more) => Played(composite, a, b, more).Evaluate("shop");

    private static Scenario Played(Objective composite, double a, double b, params Objective[] more)
    {
        var scenario = new Scenario(0, [Scenario.Availability("a"), Scenario.Availability("b", 0.99), .. more, composite]);
        for (var i = 0; i < Day; i++)
        {
            var at = Nines.Measuring.Indicators.Minute.EndMs(Scenario.Onset + i);
            scenario.Book.Add(0, StreamRole.Total, at, 100);
            scenario.Book.Add(0, StreamRole.Bad, at, 100 * a);
            scenario.Book.Add(1, StreamRole.Total, at, 50);
            scenario.Book.Add(1, StreamRole.Bad, at, 50 * b);
            scenario.Close();
        }

        return scenario;
    }
}
