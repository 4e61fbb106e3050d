using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Manifests;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

public class CompilerTests
{
    private static string Ratio(string source) => $"{{ ratioMetric: {{ counter: true, good: {{ metricSource: {source} }}, total: {{ metricSource: {source} }} }} }}";

    private static string Slo(string name, string indicator, string objectives = "[{ target: 0.99 }]", string more = "", string metadata = "") =>
        $"---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {name}{metadata} }}\nspec:\n  service: shop\n  {indicator}\n  budgetingMethod: Occurrences\n  objectives: {objectives}\n{more}";

    private static readonly string Native = "indicator: { spec: " + Ratio("{ type: nines, spec: { selector: hits } }") + " }";

    [Fact]
    public void SharedSli_OfSeveralSlos_IsOneStream()
    {
        var sli = $"---\napiVersion: openslo/v1\nkind: SLI\nmetadata: {{ name: hits }}\nspec: {Ratio("{ type: nines, spec: { selector: hits } }")}\n";
        var objectives = ManifestReading.Compiled(sli + Slo("a", "indicatorRef: hits") + Slo("b", "indicatorRef: hits"));
        Assert.Equal(["sli/hits", "sli/hits"], objectives.Select(o => o.Indicator!.Key));
    }

    [Fact]
    public void Threshold_OfSeveralObjectives_IsAStreamEach()
    {
        const string threshold = "indicator: { spec: { thresholdMetric: { metricSource: { type: nines, spec: { selector: lag_seconds } } } } }";
        var objectives = ManifestReading.Compiled(Slo("lag", threshold, "[{ op: lte, value: 5, target: 0.9 }, { displayName: strict, op: lt, value: 1, target: 0.5 }]"));
        Assert.Equal(new ThresholdIndicator("lag", MetricQuery.Native("lag_seconds"), ThresholdOperator.Lte, 5), objectives[0].Indicator);
        Assert.Equal(new ThresholdIndicator("lag.strict", MetricQuery.Native("lag_seconds"), ThresholdOperator.Lt, 1), objectives[1].Indicator);
    }

    [Fact]
    public void Prometheus_WithOneServer_IsReadThere_AndWithNone_Nowhere()
    {
        var prometheus = "indicator: { spec: " + Ratio("{ type: Prometheus, spec: { query: 'sum(hits{a=\"b\"})' } }") + " }";
        const string source = "---\napiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: main }\nspec: { type: prometheus, connectionDetails: { url: \"http://127.0.0.1:9090\" } }\n";
        Assert.Equal(new MetricQuery("prometheus", "sum(hits{a=\"b\"})", "main"), ((RatioIndicator)ManifestReading.Compiled(source + Slo("a", prometheus))[0].Indicator!).Total);
        Assert.Equal("", ((RatioIndicator)ManifestReading.Compiled(Slo("a", prometheus))[0].Indicator!).Total.DataSource);
        var error = Assert.Single(ManifestReading.Errors(source + Slo("a", prometheus.Replace("sum(hits{a=\"b\"})", "rate(hits[5m])", StringComparison.Ordinal))).Take(1));
        Assert.Contains("With counter: true the query \"rate(hits[5m])\" must be a selector", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Indicator_OfNines_IsFreshnessOrWindows()
    {
        const string fresh = "---\napiVersion: nines/v1\nkind: Indicator\nmetadata: { name: fresh }\nspec: { freshness: { metricSource: { type: nines, spec: { selector: last_export } }, maxAge: 1h } }\n";
        var windows = "---\napiVersion: nines/v1\nkind: Indicator\nmetadata: { name: windows }\nspec: { windows: { window: 5m, goodRatio: 0.9, indicator: { spec: " + Ratio("{ type: nines, spec: { selector: hits } }") + " } } }\n";
        var objectives = ManifestReading.Compiled(fresh + windows + Slo("a", "indicatorRef: fresh") + Slo("b", "indicatorRef: windows"));
        Assert.Equal(new FreshnessIndicator("sli/fresh", MetricQuery.Native("last_export"), Duration.FromHours(1)), objectives[0].Indicator);
        var window = Assert.IsType<WindowsIndicator>(objectives[1].Indicator);
        Assert.Equal((Duration.FromMinutes(5), 0.9), (window.Window, window.GoodRatio));
        Assert.IsType<RatioIndicator>(window.Inner);
    }

    [Fact]
    public void Composite_OfOpenSlo_IsTheWholeAndItsMembers()
    {
        var objectives = ManifestReading.Compiled(Slo("whole", "description: all", $"[{{ displayName: a, target: 0.99, compositeWeight: 3, {Native} }}, {{ displayName: b, target: 0.95, {Native} }}]"));
        Assert.Equal(["whole", "whole.a", "whole.b"], objectives.Select(o => o.Name));
        Assert.Equal([new CompositeMember("whole.a", 3), new CompositeMember("whole.b")], objectives[0].Composite);
        Assert.Equal(0.98, objectives[0].Target, 12);
        Assert.Null(objectives[0].Indicator);
        Assert.Equal("none", objectives[1].Policy.Name);
    }

    [Fact]
    public void Composite_OfNines_NamesMembersAndRefusesCircles()
    {
        const string composite = "---\napiVersion: nines/v1\nkind: Composite\nmetadata: { name: all }\nspec: { service: shop, members: [{ objective: a, weight: 2 }, { objective: more }], budgetingMethod: Occurrences, target: 0.9 }\n";
        const string circle = "---\napiVersion: nines/v1\nkind: Composite\nmetadata: { name: more }\nspec: { service: shop, members: [{ objective: all }], budgetingMethod: Occurrences, target: 0.9 }\n";
        var errors = ManifestReading.Read(composite + circle + Slo("a", Native)).Problems.Where(p => p.IsError).Select(p => p.What);
        Assert.Equal(["A composite contains itself: all > more > all.", "A composite contains itself: more > all > more."], errors);
        Assert.Equal("There is no objective \"more\".", Assert.Single(ManifestReading.Read(composite + Slo("a", Native)).Problems, p => p.IsError).What);
        var objectives = ManifestReading.Compiled(composite.Replace("more", "b", StringComparison.Ordinal) + Slo("a", Native) + Slo("b", Native));
        Assert.Equal([new CompositeMember("a", 2), new CompositeMember("b")], objectives.Single(o => o.Name == "all").Composite);
    }

    [Fact]
    public void Exclusion_OfAServiceOrAnObjective_IsTakenOutThereOnly()
    {
        const string exclusion = "---\napiVersion: nines/v1\nkind: Exclusion\nmetadata: { name: e }\nspec: { owner: o, approver: p, objectives: [a], start: 2026-01-04 02:00, timeZone: Europe/Berlin, duration: 2h, everyDays: 7, until: 2026-12-31 }\n";
        var objectives = ManifestReading.Compiled(exclusion + Slo("a", Native) + Slo("b", Native));
        var taken = Assert.Single(objectives[0].Exclusions);
        Assert.Equal(("e", "o", "p", 7, "Europe/Berlin"), (taken.Name, taken.Owner, taken.Approver, taken.Every, taken.Zone.Id));
        Assert.Empty(objectives[1].Exclusions);
        Assert.All(ManifestReading.Compiled(exclusion.Replace("objectives: [a]", "services: [shop]", StringComparison.Ordinal) + Slo("a", Native) + Slo("b", Native)), o => Assert.Single(o.Exclusions));
    }

    [Fact]
    public void BurnAlertPolicy_SaysPairsGuardAndNoData()
    {
        const string policy = "---\napiVersion: nines/v1\nkind: BurnAlertPolicy\nmetadata: { name: mine }\nspec: { pairs: [{ severity: page, long: 1h, short: 5m, share: 0.02 }, { severity: ticket, long: 1d, short: 2h, errorRatio: 0.5, minFailures: 9 }], minFailures: 5, budgetConsumed: true, noData: bad, staleAfter: 7m }\n";
        var objective = Assert.Single(ManifestReading.Compiled(policy + Slo("a", Native, more: "  alertPolicies: [{ alertPolicyRef: mine }]\n")));
        Assert.Equal((5, NoDataPolicy.Bad, Duration.FromMinutes(7), true, true), (objective.MinFailures, objective.NoData, objective.StaleAfter, objective.Policy.Written, objective.Policy.BudgetConsumed));
        Assert.Equal(
            [new BurnPair(BurnSeverity.Page, Duration.FromHours(1), Duration.FromMinutes(5)) { Share = 0.02 }, new BurnPair(BurnSeverity.Ticket, Duration.FromDays(1), Duration.FromHours(2)) { ErrorRatio = 0.5, MinFailures = 9 }],
            objective.Policy.Pairs);
    }

    [Theory]
    [InlineData("{ severity: page, long: 5m, short: 1h, factor: 2 }", "The short window is longer than the long one. Swap them.")]
    [InlineData("{ severity: page, long: 1h, short: 5m }", "A pair needs exactly one of share, factor and errorRatio. Write share: 0.02 (of the budget, in the long window), factor: 14.4 (times the budget's rate) or errorRatio: 0.5.")]
    [InlineData("{ severity: page, long: 1h, short: 5m, share: 2 }", "2 is not a share above 0 up to 1. Write 0.02 for 2 % of the budget.")]
    [InlineData("{ severity: wake, long: 1h, short: 90s, factor: 2 }", "\"wake\" is not allowed here. Write one of page, ticket.|A window of 90s cannot be counted. Write whole minutes, at least 1m.")]
    public void BurnAlertPolicy_WithAMistake_SaysWhatToWrite(string pair, string problems)
    {
        var found = ManifestReading.Read($"apiVersion: nines/v1\nkind: BurnAlertPolicy\nmetadata: {{ name: mine }}\nspec: {{ pairs: [{pair}] }}\n").Problems;
        Assert.Equal(problems.Split('|'), found.Select(p => $"{p.What} {p.Remedy}"));
    }

    [Fact]
    public void ManifestObjectives_OfTheNextState_KeepsWhatDidNotChange()
    {
        var fold = new ManifestsFold();
        var compiled = new CompiledManifests(ManifestReading.Kinds, Store.InMemory().Keys);
        var definitions = new ManifestObjectives(compiled);
        var first = Recorded(1, Slo("a", Native));
        var one = fold.Apply(fold.Empty, first);
        var two = fold.Apply(one, Recorded(2, Slo("b", Native)));
        Assert.Same(definitions.From(compiled.For(one)), definitions.From(compiled.For(one)));
        Assert.Same(definitions.From(compiled.For(one))[0], definitions.From(compiled.For(two))[0]);

        static Recorded Recorded(long position, string text)
        {
            var name = text.Contains("name: a", StringComparison.Ordinal) ? "a" : "b";
            return new(new(position, new("manifest", name), 1, "manifests.applied.v1", Instant.FromUnixTimeSeconds(position), "local", 0, null, default), new ManifestApplied("openslo/v1", "SLO", name, text, false, null, 1, 1));
        }
    }
}
