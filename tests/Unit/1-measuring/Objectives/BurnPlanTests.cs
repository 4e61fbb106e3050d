using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class BurnPlanTests
{
    private static readonly Duration ThirtyDays = Duration.FromDays(30);

    [Fact]
    public void Section4_ShippedPolicyOver30Days_HasFactors14_4And6And3And1()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.999, ThirtyDays);
        Assert.Equal([14.4, 6, 3, 1], plan.Rules.Select(r => r.Factor));
        Assert.Equal(["1h/5m", "6h/30m", "1d/2h", "3d/6h"], plan.Rules.Select(r => r.Windows));
        Assert.Empty(plan.Problems);
        Assert.Equal(1, plan.OutageMinutesToPage);
    }

    [Fact]
    public void Section4_ShippedPolicyOver28Days_NeverAsksForLessThanTheBudget()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.999, Duration.FromDays(28));
        Assert.Equal([13.44, 5.6, 2.8, 1], plan.Rules.Select(r => r.Factor));
    }

    [Fact]
    public void Section4_SeedsPolicyOver28Days_KeepsItsFactors()
    {
        var plan = BurnPlan.For(BurnPolicy.FastMediumSlow, 0.999, Duration.FromDays(28));
        Assert.Equal([14.4, 6, 1], plan.Rules.Select(r => r.Factor));
    }

    [Fact]
    public void Section4_SevenDays_WindowsShrinkWithThePeriod()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.99, Duration.FromDays(7));
        Assert.Equal([(15, 1), (90, 8), (360, 30), (1080, 90)], plan.Rules.Select(r => (r.LongMinutes, r.ShortMinutes)));
        Assert.All(plan.Rules, r => Assert.True(r.LongMinutes <= 1440));
    }

    [Fact]
    public void Section4_ShippedPairThatCannotFire_IsDroppedWithTheArithmetic()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.9, ThirtyDays);
        Assert.Equal(
            "spec.pairs[0]: The pair 1h/5m asks for a burn above 14.4, but a target of 90 % can burn at most 10 times its budget (1 / 0.1). It can never fire and is dropped.",
            plan.Problems[0].ToString());
        Assert.False(plan.Problems[0].IsError);
        Assert.DoesNotContain(plan.Rules, r => r.Factor == 14.4);
    }

    [Fact]
    public void Section4_WrittenPairThatCannotFire_IsRefusedWithTheArithmetic()
    {
        var policy = BurnPolicy.FastMediumSlow with { Written = true };
        var plan = BurnPlan.For(policy, 0.9, Duration.FromDays(28));
        Assert.Equal(
            "spec.pairs[0]: The pair 1h/5m asks for a burn above 14.4, but a target of 90 % can burn at most 10 times its budget (1 / 0.1). "
            + "Write a factor below 10, or a target above 93.0556 %.",
            plan.Problems[0].ToString());
        Assert.True(plan.Problems[0].IsError);
    }

    [Fact]
    public void Section4_OutageSlowerThanTenMinutes_GetsTheAddedPair()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.98, ThirtyDays);
        var added = plan.Rules[^1];
        Assert.Equal((BurnSeverity.Page, 5, 1, 0.5, true, 10), (added.Severity, added.LongMinutes, added.ShortMinutes, added.ErrorLimit, added.Inclusive, added.MinFailures));
        Assert.Equal(
            "A total outage would need 18 minutes to page at a target of 98 %. A pair is added that pages at 50 % errors over 5m and 1m, from 10 failures on.",
            plan.Problems[^1].ToString());
        Assert.Equal(3, plan.OutageMinutesToPage);
    }

    [Fact]
    public void Section4_NinetyNinePercent_PagesAnOutageInNineMinutesWithoutHelp()
    {
        var plan = BurnPlan.For(BurnPolicy.Shipped, 0.99, ThirtyDays);
        Assert.Equal(9, plan.OutageMinutesToPage);
        Assert.Equal(4, plan.Rules.Count);
    }
}
