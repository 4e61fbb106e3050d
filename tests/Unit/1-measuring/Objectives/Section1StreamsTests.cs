using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section1StreamsTests
{
    [Fact]
    public void Section1_BusyAndQuietMinute_AreWeightedByEvents()
    {
        var scenario = new Scenario(0, Scenario.Availability()).Traffic(1, 100, 0).Traffic(1, 1, 1);
        Assert.Equal(1 / 101.0, scenario.Evaluate().Window(5).ErrorRatio, 1e-12);
    }

    [Fact]
    public void Section1_MoreGoodThanTotal_IsClampedAndFound()
    {
        var objective = Scenario.Availability() with { Indicator = new RatioIndicator("checkout", MetricQuery.Native("good"), null, MetricQuery.Native("total"), true) };
        var scenario = new Scenario(0, objective);
        var at = Minute.EndMs(Scenario.Onset);
        scenario.Book.Add(0, StreamRole.Total, at, 10);
        scenario.Book.Add(0, StreamRole.Good, at, 12);
        scenario.Close();
        var now = scenario.Evaluate();
        Assert.Equal(0, now.Window(5).ErrorRatio);
        Assert.Equal(1, now.Remaining);
        Assert.True(now.GoodAboveTotal);
    }

    [Fact]
    public void Section1_GoodAndTotal_GiveTheSameAsBadAndTotal()
    {
        var good = Scenario.Availability("good") with { Indicator = new RatioIndicator("good", MetricQuery.Native("g"), null, MetricQuery.Native("t"), true) };
        var scenario = new Scenario(0, good);
        for (var i = 0; i < 10; i++)
        {
            scenario.Book.Add(0, StreamRole.Good, Minute.EndMs(Scenario.Onset + i), 95);
            scenario.Book.Add(0, StreamRole.Total, Minute.EndMs(Scenario.Onset + i), 100);
            scenario.Close();
        }

        Assert.Equal(0.05, scenario.Evaluate("good").Window(5).ErrorRatio, 1e-12);
    }

    [Fact]
    public void Section1_SampleAtAFullMinute_BelongsToTheMinuteThatEndsThere()
    {
        Assert.Equal(41, Minute.Of(42 * Minute.Ms));
        Assert.Equal(42, Minute.Of((42 * Minute.Ms) + 1));
    }

    [Fact]
    public void Section1_ChangedTargetAndQuery_KeepTheHistory()
    {
        var scenario = new Scenario(0, Scenario.Availability()).Traffic(300, 100, 0.01);
        var changed = Scenario.Availability(target: 0.99) with { Indicator = new RatioIndicator("checkout", null, MetricQuery.Native("other"), MetricQuery.Native("total"), true) };
        _ = scenario.Run.Objectives.Replace([changed]);
        var now = scenario.Evaluate();
        Assert.Equal(30_000, now.Budget.Total, 1e-6);
        Assert.Equal(1, now.Window(60).Burn, 1e-9);
    }

    [Fact]
    public void Section1_EdgeInsideAMinute_TakesItsShare()
    {
        var scenario = new Scenario(0, Scenario.Availability()).Traffic(10, 60, 0.5);
        var result = new Evaluation();
        Evaluator.Evaluate(scenario.Run.Objectives.Find("checkout")!, Minute.StartMs(Scenario.Onset + 10) + 15_000, result);
        // A quarter of the oldest minute has left; nothing came since.
        Assert.Equal(60 * 4.75, result.Window(5).Total, 1e-9);
    }

    [Fact]
    public void Section1_IncreaseAcrossAHole_IsSpreadEvenlyAndMarked()
    {
        var scenario = new Scenario(0, Scenario.Availability());
        var from = Minute.StartMs(Scenario.Onset) + 30_000;
        scenario.Book.AddSpread(0, StreamRole.Total, from, from + (4 * Minute.Ms), 400);
        var stream = scenario.Book.StreamOf(0);
        Assert.Equal(new Cell(0, 50, MinuteMarks.Covered | MinuteMarks.Spread), stream.CellAt(Scenario.Onset));
        Assert.Equal(new Cell(0, 100, MinuteMarks.Covered | MinuteMarks.Spread), stream.CellAt(Scenario.Onset + 1));
        Assert.Equal(new Cell(0, 50, MinuteMarks.Covered | MinuteMarks.Spread), stream.CellAt(Scenario.Onset + 4));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Section1_AbsurdAmount_IsRefusedAndCounted(double amount)
    {
        var scenario = new Scenario(0, Scenario.Availability());
        scenario.Book.Add(0, StreamRole.Total, Minute.EndMs(Scenario.Onset), amount);
        Assert.Equal(1, scenario.Book.Refused);
        Assert.True(scenario.Book.StreamOf(0).IsEmpty);
    }

    [Fact]
    public void Section1_RawRatio_LastOfAMinuteCounts()
    {
        var objective = Scenario.Availability() with { Indicator = new RawRatioIndicator("checkout", MetricQuery.Native("ratio"), true) };
        var scenario = new Scenario(0, objective);
        scenario.Book.Raw(0, Minute.StartMs(Scenario.Onset) + 1000, 0.2);
        scenario.Book.Raw(0, Minute.StartMs(Scenario.Onset) + 2000, 0.75);
        Assert.Equal(new Cell(0.25, 1, MinuteMarks.Covered), scenario.Book.StreamOf(0).CellAt(Scenario.Onset));
    }

    [Fact]
    public void Section1_ThresholdMetric_EachSampleIsAnEvent()
    {
        var objective = Scenario.Availability() with { Indicator = new ThresholdIndicator("checkout", MetricQuery.Native("latency"), ThresholdOperator.Lte, 0.3) };
        var scenario = new Scenario(0, objective);
        scenario.Book.Raw(0, Minute.StartMs(Scenario.Onset) + 1000, 0.3);
        scenario.Book.Raw(0, Minute.StartMs(Scenario.Onset) + 2000, 0.31);
        Assert.Equal(new Cell(1, 2, MinuteMarks.Covered), scenario.Book.StreamOf(0).CellAt(Scenario.Onset));
    }

    [Fact]
    public void Section1_Freshness_OneYoungSeriesMakesTheMinuteGood()
    {
        var objective = Scenario.Availability() with { Indicator = new FreshnessIndicator("checkout", MetricQuery.Native("last_run"), Duration.FromHours(1)) };
        var scenario = new Scenario(0, objective);
        var at = Minute.StartMs(Scenario.Onset) + 1000;
        scenario.Book.Raw(0, at, (at / 1000.0) - 7200);
        Assert.Equal(1, scenario.Book.StreamOf(0).CellAt(Scenario.Onset).Bad);
        scenario.Book.Raw(0, at + 1, (at / 1000.0) - 60);
        Assert.Equal(0, scenario.Book.StreamOf(0).CellAt(Scenario.Onset).Bad);
    }
}
