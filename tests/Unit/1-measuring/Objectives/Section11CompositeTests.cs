using Nines.Measuring.Objectives;
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
        Assert.EndsWith(" Most of it is b.", page.Reason, StringComparison.Ordinal);
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

    private static Evaluation Two(Objective composite, double a, double b, params Objective[] more)
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

        return scenario.Evaluate("shop");
    }
}
