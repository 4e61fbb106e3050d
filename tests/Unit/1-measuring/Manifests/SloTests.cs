using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using static Nines.Tests.Unit.Measuring.Manifests.ManifestReading;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

public class SloTests
{
    private const string Service = "\n---\napiVersion: nines/v1\nkind: Service\nmetadata: { name: checkout }\nspec: { owner: { team: a } }\n---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: a }\nspec: { members: [p] }\n---\napiVersion: nines/v1\nkind: Person\nmetadata: { name: p }\nspec: { contacts: { email: p@example.com } }\n";

    private const string Indicator = """
          indicator:
            metadata: { name: checkout-requests }
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource: { type: nines, spec: { selector: 'http_requests_total{service="checkout",code!~"5.."}' } }
                total:
                  metricSource: { type: nines, spec: { selector: 'http_requests_total{service="checkout"}' } }
        """;

    /// <summary>The objective of contract.md, with parts replaced.</summary>
    private static string Slo(
        string objectives = "[{ target: 0.999 }]", string window = "[{ duration: 30d, isRolling: true }]", string method = "Occurrences", string more = "", string indicator = Indicator) =>
        $"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: checkout-availability }}\nspec:\n  service: checkout\n{indicator}\n"
        + $"  timeWindow: {window}\n  budgetingMethod: {method}\n  objectives: {objectives}\n{more}{Service}";

    [Fact]
    public void Slo_OfTheContract_IsOneObjectiveWithTheShippedPolicy()
    {
        Assert.Empty(Findings(Slo()));
        var objective = Assert.Single(Compiled(Slo()));
        Assert.Equal(("checkout-availability", "checkout-availability", "checkout", 0.999), (objective.Name, objective.Slo, objective.Service, objective.Target));
        Assert.Equal(new RollingWindow(Duration.FromDays(30)), objective.Window);
        Assert.Same(BurnPolicy.Shipped, objective.Policy);
        Assert.Equal(
            new RatioIndicator("checkout-availability", MetricQuery.Native("http_requests_total{service=\"checkout\",code!~\"5..\"}"), null, MetricQuery.Native("http_requests_total{service=\"checkout\"}"), true),
            objective.Indicator);
    }

    [Fact]
    public void Objectives_SeveralOfOneSlo_AreAddressedByNameAndIndex()
    {
        var objectives = Compiled(Slo("[{ target: 0.999 }, { displayName: Loose, targetPercent: 99.9 }, { target: 0.9 }]"));
        Assert.Equal(["checkout-availability", "checkout-availability.Loose", "checkout-availability.2"], objectives.Select(o => o.Name));
        Assert.Equal(0.999, objectives[1].Target);
        Assert.Single(objectives.Select(o => o.Indicator!.Key).Distinct());
    }

    [Theory]
    [InlineData("[{ target: 0 }]", "a.yaml:17:26: spec.objectives[0].target: A target of 0 is met by a service that always fails: no failure could ever spend the budget. Write one above 0, such as 0.999.")]
    [InlineData("[{ target: 1 }]", "a.yaml:17:26: spec.objectives[0].target: A target of 1 leaves a budget of 0: the first failure would spend more than everything. Write one below 1, such as 0.999.")]
    [InlineData("[{ targetPercent: 100 }]", "a.yaml:17:33: spec.objectives[0].targetPercent: A target of 100 % leaves a budget of 0: the first failure would spend more than everything. Write one below 100, such as 99.9.")]
    [InlineData("[{ target: 99.9 }]", "a.yaml:17:26: spec.objectives[0].target: A target of 99.9 is above 1. Write target: 0.999, or targetPercent: 99.9.")]
    [InlineData("[{ target: 0.9, targetPercent: 90 }]", "a.yaml:17:46: spec.objectives[0].targetPercent: target and targetPercent stand side by side. Keep one.")]
    [InlineData("[{ target: high }]", "a.yaml:17:26: spec.objectives[0].target: This must be a number, but is \"high\". Write digits, with a point before the fraction.")]
    [InlineData("[{ taget: 0.9 }]", "a.yaml:17:16: spec.objectives[0].target: This field is missing. Write target: such as 0.999, or targetPercent: 99.9.|a.yaml:17:18: spec.objectives[0].taget: There is no field \"taget\" here. Did you mean \"target\"?")]
    [InlineData("[]", "a.yaml:17:15: spec.objectives: There is no objective. Write objectives: [{ target: 0.999 }].")]
    [InlineData("{ target: 0.9 }", "a.yaml:17:15: spec.objectives: This must be a list, but is a mapping. Write its items each behind a dash, or between [ and ].")]
    public void Target_ThatCannotBe_IsRefused(string objectives, string problems) => Assert.Equal(problems.Split('|'), Errors(Slo(objectives)));

    [Theory]
    [InlineData("[{ duration: 900d, isRolling: true }]", "A window of 900d is 900 days, longer than Nines keeps minutes. Write at most 800d.")]
    [InlineData("[{ duration: 3Y, calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } }]", "A window of 3Y is 1095 days, longer than Nines keeps minutes. Write at most 800d.")]
    [InlineData("[{ duration: 1h, calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } }]", "A calendar has no periods of 1h. Write d, w, M, Q or Y, such as 1M; minutes and hours belong to rolling windows.")]
    [InlineData("[{ duration: Week, isRolling: true }]", "\"Week\" is not a duration. Write a whole number and one of m (minutes), h, d, w, M (months), Q, Y, such as 28d.")]
    [InlineData("[{ duration: 1M, calendar: { startTime: Monday, timeZone: Europe/Berln } }]", "\"Monday\" is not a time. Write one such as 2026-01-01 00:00:00, without a zone.|\"Europe/Berln\" is not an IANA time zone. Did you mean Europe/Berlin?")]
    [InlineData("[{ duration: 7d, isRolling: true }, { duration: 28d, isRolling: true }]", "Here are 2 windows. OpenSLO allows exactly one; write an SLO for each.")]
    public void Window_ThatCannotBe_IsRefused(string window, string problems)
    {
        var found = Read(Slo(window: window)).Problems.Where(p => p.IsError).Select(p => $"{p.What} {p.Remedy}");
        Assert.Equal(problems.Split('|'), found);
    }

    [Theory]
    [InlineData("[{ duration: 1M, isRolling: true }]", "A rolling window of 1M is 30 days. Write 30d, or a calendar window.", "30d")]
    [InlineData("[{ duration: 1m, isRolling: true }]", "A rolling window of 1m is 1 minutes long. If months are meant, write 1M.", "1m")]
    [InlineData("[{ duration: 1m, calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } }]", "1m are minutes, and calendars have none; 1M is meant. Write 1M.", "1M")]
    [InlineData("[{ duration: 28D, isRolling: true }]", "\"28D\" is read as 28d; the letter's case matters. Write 28d.", "28d")]
    [InlineData("[{ duration: 28d }]", "isRolling is missing; without a calendar the window rolls. Write isRolling: true, or calendar: with startTime and timeZone.", "28d")]
    [InlineData("{ duration: 28d, isRolling: true }", "One window stands here without a list. Write timeWindow: [{ duration: 28d, isRolling: true }].", "28d")]
    public void Window_WithATrap_IsReadAndSaid(string window, string finding, string meaning)
    {
        var found = Read(Slo(window: window)).Problems.Where(p => p.Path?.StartsWith("spec.timeWindow", StringComparison.Ordinal) == true).Select(p => $"{p.What} {p.Remedy}");
        Assert.Equal(finding, Assert.Single(found));
        Assert.Equal(meaning, Compiled(Slo(window: window))[0].Window.Text);
    }

    [Fact]
    public void Window_OfACalendarQuarter_KeepsZoneAndStart()
    {
        var window = Assert.IsType<CalendarWindow>(Compiled(Slo(window: "[{ duration: 1Q, calendar: { startTime: 2026-01-01 12:30:00, timeZone: America/New_York } }]"))[0].Window);
        Assert.Equal((CalendarUnit.Quarter, 1, new LocalDateTime(2026, 1, 1, 12, 30), "America/New_York"), (window.Unit, window.Count, window.Start, window.Zone.Id));
    }

    [Fact]
    public void Policy_ThatCanNeverFire_IsRefusedWithTheArithmetic()
    {
        const string policy = "\n---\napiVersion: nines/v1\nkind: BurnAlertPolicy\nmetadata: { name: steep }\nspec: { pairs: [{ severity: page, long: 1h, short: 5m, factor: 14.4 }] }\n";
        Assert.Equal(
            "a.yaml:18:18: spec.alertPolicies: The pair 1h/5m asks for a burn above 14.4, but a target of 90 % can burn at most 10 times its budget (1 / 0.1). Write a factor below 10, or a target above 93.0556 %.",
            Assert.Single(Errors(Slo("[{ target: 0.9 }]", more: "  alertPolicies: [{ alertPolicyRef: steep }]") + policy)));
    }

    [Fact]
    public void Policy_ShippedAtACoarseTarget_DropsAPairAndSaysSo() => Assert.Equal(
        ["The pair 1h/5m asks for a burn above 14.4, but a target of 90 % can burn at most 10 times its budget (1 / 0.1).", "A total outage would need 217 minutes to page at a target of 90 %."],
        Read(Slo("[{ target: 0.9 }]")).Problems.Select(p => p.What));

    [Fact]
    public void Policy_OfOpenSlo_BecomesAPairOfItsWindowAndItsDelay()
    {
        const string more = "  alertPolicies:\n    - kind: AlertPolicy\n      metadata: { name: mine }\n      spec:\n        conditions: [{ conditionRef: burning }]\n        notificationTargets: [{ targetRef: mail }]\n";
        const string others = "\n---\napiVersion: openslo/v1\nkind: AlertCondition\nmetadata: { name: burning }\nspec: { severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h, alertAfter: 5m } }\n---\napiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: { name: mail }\nspec: { target: email }\n";
        var policy = Compiled(Slo(more: more) + others)[0].Policy;
        Assert.True(policy.Written);
        Assert.Equal(new BurnPair(BurnSeverity.Page, Duration.FromHours(1), Duration.FromHours(1)) { Factor = 2, After = Duration.FromMinutes(5) }, Assert.Single(policy.Pairs));
        Assert.Equal(5 + 1, BurnPlan.For(policy, 0.999, Duration.FromDays(30)).OutageMinutesToPage);
    }

    [Theory]
    [InlineData("  alertPolicies: [{ alertPolicyRef: shiped }]", "a.yaml:18:19: spec.alertPolicies[0]: There is no alert policy \"shiped\". Did you mean \"shipped\"? Write an AlertPolicy or BurnAlertPolicy, or name a shipped one: shipped, fast-medium-slow, none.")]
    [InlineData("  serviceRef: x", "a.yaml:18:3: spec.serviceRef: There is no field \"serviceRef\" here. Did you mean \"service\"?")]
    public void Slo_WithDanglingOrUnknownParts_IsRefused(string more, string problem) => Assert.Equal(problem, Assert.Single(Errors(Slo(more: more))));

    [Fact]
    public void Reference_ToAnSliThatIsNotThere_IsAnErrorInAWholeAndAFindingInAPart()
    {
        var text = Slo(indicator: "  indicatorRef: nowhere");
        const string problem = "a.yaml:6:17: spec.indicatorRef: There is no SLI \"nowhere\". Write it, or write the indicator here.";
        Assert.Equal(problem, Assert.Single(Errors(text)));
        Assert.Equal(problem, Assert.Single(Findings(text, whole: false)));
    }

    [Fact]
    public void Selector_ThatDoesNotParse_IsRefusedWithItsColumn()
    {
        var text = Slo().Replace("code!~\"5..\"}", "code!\"5..\"}", StringComparison.Ordinal);
        var error = Assert.Single(Errors(text));
        Assert.StartsWith("a.yaml:12:58:", error, StringComparison.Ordinal);
        Assert.Contains("spec.indicator.spec.ratioMetric.good.metricSource.spec.selector: This is not a selector:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_OfOneName_AreRefusedWithBothPlaces()
    {
        var slo = Slo().Replace(Service, "\n", StringComparison.Ordinal);
        Assert.Equal(
            "a.yaml:22:19: metadata.name: There are two of openslo/v1 SLO \"checkout-availability\"; the first is at a.yaml:1:1. Give one another name, or remove it.",
            Assert.Single(Errors(slo + "---\n" + slo)));
    }

    [Fact]
    public void Annotations_OfNines_AreRead()
    {
        var text = Slo().Replace("{ name: checkout-availability }", "{ name: checkout-availability, annotations: { nines/no-data: bad, nines/stale-after: 10m, nines/min-failures: \"7\", other/x: y } }", StringComparison.Ordinal);
        var objective = Compiled(text)[0];
        Assert.Equal((NoDataPolicy.Bad, Duration.FromMinutes(10), 7), (objective.NoData, objective.StaleAfter, objective.MinFailures));
        Assert.Equal("There is no annotation \"nines/nodata\" that Nines reads.", Assert.Single(Read(text.Replace("nines/no-data", "nines/nodata", StringComparison.Ordinal)).Problems).What);
    }

    [Fact]
    public void Findings_OfAService_ThatNobodyWrote_RefuseNothing() => Assert.Equal(
        "a.yaml:5:12: spec.service: There is no service \"checkout\". Write a Service of that name; until then nobody is called for this objective.",
        Assert.Single(Findings(Slo().Replace(Service, "", StringComparison.Ordinal))));
}
