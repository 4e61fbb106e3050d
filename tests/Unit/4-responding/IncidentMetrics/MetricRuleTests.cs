using Nines.Responding.IncidentMetrics;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.IncidentMetrics;

public class MetricRuleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 0, 0);

    private static IncidentView Of(int number, int hours, int felt, int detect, string service = "payments", string state = "resolved", bool drill = false)
    {
        var detected = Start + Duration.FromHours(hours);
        var from = detected - Duration.FromMinutes(detect);
        return new($"inc{number}", $"INC-{number}", "Card payments fail", "SEV2", state, IncidentPhase.Review, detected, [service], drill)
        {
            Clocks = new(from, from + Duration.FromMinutes(felt), detected, detected, detected, detected + Duration.FromMinutes(2), detected + Duration.FromMinutes(3), detected + Duration.FromMinutes(felt), detected + Duration.FromMinutes(felt + 40)),
        };
    }

    private static MetricReport Report(string by, params IncidentView[] all) => MetricRule.Of(all, by, Start - Duration.FromDays(1), Start + Duration.FromDays(365));

    private static MetricRow Row(MetricGroup group, string key) => group.Metrics.Single(m => m.Key == key);

    [Fact]
    public void Of_TheClocks_AreTheMeanTheMedianAndTheNinetiethPercentile()
    {
        var all = Report("all", [.. Enumerable.Range(1, 10).Select(i => Of(i, i * 24, i * 10, i))]).Groups.Single();
        var restore = Row(all, "restore");
        Assert.Equal((10, Duration.FromMinutes(55), Duration.FromMinutes(50), Duration.FromMinutes(90)), (restore.Count, restore.Mean!.Value, restore.Median!.Value, restore.P90!.Value));
        Assert.Equal(Duration.FromMinutes(5.5), Row(all, "detect").Mean);
        Assert.True(Row(all, "detect").Late);
        Assert.False(Row(all, "acknowledge").Late);
        Assert.Equal((9, Duration.FromHours(24)), (Row(all, "between").Count, Row(all, "between").Mean!.Value));
        Assert.Equal((9, 0.9), (all.Repeats, all.RepeatRate!.Value));
    }

    [Fact]
    public void Of_DrillsDuplicatesAndNegativeDifferences_AreLeftOut_AndCounted()
    {
        var report = Report("all", Of(1, 1, 30, 2), Of(2, 2, 500, 2, drill: true), Of(3, 3, 500, 2, state: "merged"), Of(4, 4, 30, -3));
        Assert.Equal((1, 1, 1, 2), (report.Drills, report.Duplicates, report.Negative, report.Groups[0].Incidents));
        Assert.Equal((1, Duration.FromMinutes(2)), (Row(report.Groups[0], "detect").Count, Row(report.Groups[0], "detect").Mean!.Value));
    }

    [Fact]
    public void Of_Grouped_EveryGroupStandsBesideAllTogether()
    {
        var all = (IncidentView[])[Of(1, 1, 30, 2), Of(2, 24 * 40, 10, 2, "search")];
        Assert.Equal(["all", "payments", "search"], Report("service", all).Groups.Select(g => g.Group));
        Assert.Equal(["all", "2026-11", "2026-12"], Report("month", all).Groups.Select(g => g.Group));
        Assert.Equal(["all", "SEV2"], Report("severity", all).Groups.Select(g => g.Group));
        Assert.Equal(0, Report("service", all).Groups[0].Repeats);
    }

    [Fact]
    public void Of_NoIncident_HasNoFigures_AndNoMiracle()
    {
        var all = Report("all").Groups.Single();
        Assert.Null(all.RepeatRate);
        Assert.All(all.Metrics, m => Assert.Equal((0, null, null), (m.Count, m.Mean, m.Late)));
    }
}
