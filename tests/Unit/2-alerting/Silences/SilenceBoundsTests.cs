using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Silences;

public class SilenceBoundsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static readonly Dictionary<string, double> Budgets = new() { ["checkout-availability"] = 0.62 };

    private static Silence Silence(SilenceRequest asked)
    {
        var set = SilenceRules.Set(asked, "s1", Now, Budgets).Value;
        return new(set.Id, set.Matchers, set.StartsAt, set.EndsAt, set.Owner, set.Comment, set.Bounds);
    }

    private static SilenceRequest Asked(double? maxBudget = null, int? maxAlerts = null, bool untilResolved = false, Duration? length = null) =>
        new(["service=checkout"], For: length ?? (untilResolved ? null : Duration.FromHours(2)), Owner: "alice", UntilResolved: untilResolved, MaxBudget: maxBudget, MaxAlerts: maxAlerts);

    [Fact]
    public void Set_UntilResolved_NeedsNoEndAndEndsAfterThirtyDaysAtTheLatest() =>
        Assert.Equal(Now + SilenceRules.Longest, Silence(Asked(untilResolved: true)).EndsAt);

    [Fact]
    public void Set_BoundsThatAreNone_SaysAllOfIt() => Assert.Equal(
        ["maxAlerts: A silence holds back at least one alert. Give maxAlerts of 1 or more, or leave it out.", "maxBudget: The budget that a silence may cost is a share above 0 and at most 1. Give maxBudget such as 0.05 for 5 %."],
        SilenceRules.Set(Asked(maxBudget: 5, maxAlerts: 0), "s1", Now, Budgets).Problems.Select(p => p.ToString()));

    [Fact]
    public void Set_BudgetOfNothingMeasured_IsRefused() => Assert.Equal(
        "maxBudget: These matchers hide no objective whose budget could be watched. Choose a service or an objective that is measured, or leave maxBudget out.",
        Assert.Single(SilenceRules.Set(Asked(maxBudget: 0.05), "s1", Now, new Dictionary<string, double>()).Problems).ToString());

    [Theory]
    [InlineData(0.62, false)]
    [InlineData(0.58, false)]
    [InlineData(0.56, true)]
    [InlineData(-0.4, true)]
    [InlineData(0.9, false)]
    public void TooDear_BudgetFalls_BreaksBeyondTheBound(double left, bool breaks)
    {
        var ended = SilenceBreaks.TooDear(Silence(Asked(maxBudget: 0.05)), new Dictionary<string, double> { ["checkout-availability"] = left, ["other"] = -5 });
        Assert.Equal(breaks, ended is not null);
        if (left == 0.56) Assert.Equal("It broke: the error budget of checkout-availability fell from 62 % to 56 % since it was asked for, and 5 % were meant. What still fires is told.", ended!.Reason);
    }

    [Fact]
    public void TooMany_OneMoreThanMeant_Breaks()
    {
        var silence = Silence(Asked(maxAlerts: 2));
        var held = HeldBook.None.Hold("a", "silence/s1").Hold("b", "silence/s1");
        Assert.Null(SilenceBreaks.TooMany(silence, held));
        Assert.Equal("It broke: it holds back 3 alerts, and 2 were meant. What still fires is told.", SilenceBreaks.TooMany(silence, held.Hold("c", "silence/s1"))!.Reason);
        Assert.Null(SilenceBreaks.TooMany(silence, held.Hold("c", "silence/s1").Hold("a", "")));
    }

    [Theory]
    [InlineData("service=checkout", true)]
    [InlineData("service=search", false)]
    [InlineData("objective=~checkout-.*", true)]
    [InlineData("alertname=ErrorBudgetBurn", false)]
    public void Hides_MatchersAboutServiceAndObjective_Decide(string matcher, bool hides) =>
        Assert.Equal(hides, SilenceBreaks.Hides([Matcher.Parse(matcher).Value], "checkout-availability", "checkout", new HashSet<string>()));

    [Fact]
    public void Preview_NowAndLastWeek_AreCounted()
    {
        var rig = new Alerts.PipelineRig();
        rig.Report(Alerts.PipelineRig.Incoming("a"), Alerts.PipelineRig.Incoming("b"), Alerts.PipelineRig.Incoming("c", service: "search"));
        rig.Advance(Duration.FromMinutes(5));
        rig.End(Alerts.PipelineRig.Incoming("b"));
        rig.Advance(Duration.FromDays(1));
        var preview = SilencePreview.Of(["service=checkout"], rig.Book, [("checkout-availability", "checkout"), ("search-availability", "search")], rig.Now).Value;
        Assert.Equal((1, 1, 2, 2), (preview.Alerts, preview.Pages, preview.WeekAlerts, preview.WeekPages));
        Assert.Equal(["checkout"], preview.Services);
        Assert.Equal(["checkout-availability"], preview.Objectives);
        Assert.Empty(preview.Findings);
        Assert.Equal("It would have held back nothing in the last week. Look at the labels: a silence that fits nothing looks like one that works.",
            Assert.Single(SilencePreview.Of(["service=chekout"], rig.Book, [], rig.Now).Value.Findings));
    }
}
