using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public class IndicatorBindingsTests
{
    [Fact]
    public void For_ARemovedObjective_BindsNothingMoreAndKeepsItsHistory()
    {
        var set = new ObjectiveSet(new IndicatorBook());
        set.Replace([Of("checkout"), Of("payments")]);
        set.Book.Add(set.Book.Find("payments")!.Value, StreamRole.Total, 60_000, 7);

        set.Replace([Of("checkout")]);

        var bound = Assert.Single(IndicatorBindings.For(set).Select(b => b.Indicator).Distinct());
        Assert.Equal(set.Book.Find("checkout"), bound);
        Assert.Equal(7, set.Book.StreamOf(set.Book.Find("payments")!.Value).All.Total);
    }

    private static Objective Of(string service) => new()
    {
        Name = service,
        Slo = service,
        Service = service,
        Target = 0.999,
        Indicator = new RatioIndicator(service, MetricQuery.Native($"good{{service=\"{service}\"}}"), null, MetricQuery.Native($"all{{service=\"{service}\"}}"), Counter: true),
    };
}
