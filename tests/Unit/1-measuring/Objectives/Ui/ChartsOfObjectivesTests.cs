using Nines.Measuring.Objectives.Ui;
using Nines.Shell.Charts;
using Nines.Shell.Components;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives.Ui;

public sealed class ChartsOfObjectivesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 8, 42);

    [Fact]
    public void History_BadEvents_AreTakenFromTheBudgetAndHolesStayHoles()
    {
        var history = BudgetHistory.Of(new(Now, [10, double.NaN, 30], [100, double.NaN, 100]), allowed: 100);

        Assert.Equal([0.9, double.NaN, 0.6], history.Left);
    }

    [Fact]
    public void History_NewestMinuteStillEmpty_IsNoHole() =>
        Assert.Equal([0.9], BudgetHistory.Of(new(Now, [double.NaN, 10, double.NaN], [double.NaN, 100, double.NaN]), allowed: 100).Left);

    [Fact]
    public void Rates_MinutesOfOneStep_AreWeighedByEvents()
    {
        var history = new ObjectiveHistory(0, 60_000, [], [1, 9], [1000, 1000]);

        Assert.Equal([5.0], BurnChart.Rates(history, 120_000, 0.001, out _).Select(r => Math.Round(r, 6)));
    }

    [Fact]
    public void Rates_StepWithoutData_IsNotZero() =>
        Assert.True(double.IsNaN(BurnChart.Rates(new(0, 60_000, [], [double.NaN], [double.NaN]), 60_000, 0.001, out _)[0]));

    [Fact]
    public void BurnDown_WithProjection_EndsOnTheDayItIsGone()
    {
        var gone = Now + Duration.FromDays(5);
        var svg = TimeChartSvg.Draw(BurnDownChart.Draw(Model(0.38, gone), Reader.Anyone(Now)));

        Assert.Contains("Tue 24 Nov", svg, StringComparison.Ordinal);
        Assert.Contains("38.0\u00a0% now", System.Net.WebUtility.HtmlDecode(svg), StringComparison.Ordinal);
        Assert.Contains("<path class=\"pr\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void BurnDown_Overspent_ShowsWhatIsBelowZero()
    {
        var chart = BurnDownChart.Draw(Model(-0.3, null), Reader.Anyone(Now));

        Assert.Equal(-50, chart.Value.Low);
        Assert.Contains(chart.Grid, g => g is { Value: 0, Limit: true });
    }

    [Fact]
    public void BurnDown_DayAndHourLeadToOnePlace_IsOneLineWithBothInItsWords()
    {
        var gone = Now + Duration.FromDays(2);
        var model = Model(0.9, gone);
        model = model with { Objective = model.Objective with { Gone = [new("1h", 300.04, gone), new("24h", 300.0, gone)] } };

        var line = Assert.Single(BurnDownChart.Draw(model, Reader.Anyone(Now)).Projections);
        Assert.Equal("last day’s and hour’s 300×", line.Words);
    }

    [Fact]
    public void BurnDown_AlertThatFires_EndsNowAndNotInTheFuture()
    {
        var model = Model(0.9, null);
        model = model with { Objective = model.Objective with { Alerts = [new(true, true, false, Now - Duration.FromHours(1), null, "")] } };

        Assert.Equal(Now.ToUnixTimeMilliseconds(), Assert.Single(BurnDownChart.Draw(model, Reader.Anyone(Now)).Bands).ToMs);
    }

    [Fact]
    public void BothCharts_SpanTheSameTime()
    {
        var model = Model(0.9, null);

        Assert.Equal(BurnDownChart.Draw(model, Reader.Anyone(Now)).Time, BurnChart.Draw(model, Reader.Anyone(Now)).Time);
    }

    private static ObjectivePageModel Model(double left, Instant? gone)
    {
        var start = (Now - Duration.FromDays(30)).ToUnixTimeMilliseconds();
        var o = new ObjectiveView
        {
            Name = "payments-availability",
            Service = "payments",
            Label = "availability",
            Promise = "99.9 %",
            Target = 0.999,
            Window = "30d",
            Left = left,
            Gone = [new("24h", 2.0, gone)],
        };
        return new(o, "payments", ShownRange.Of("30d", null, null, "30d", Now - Duration.FromDays(30), null, Now), new(start, 86_400_000, [1, 0.7, left], [0, 1, 1], [10, 10, 10]), [], []);
    }
}
