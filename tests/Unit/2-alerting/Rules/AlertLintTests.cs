using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using Nines.Catalog;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Rules;

public class AlertLintTests
{
    private static readonly Service Good = new()
    {
        Name = "checkout",
        DisplayName = "Checkout",
        OwnerTeam = "pay",
        Runbooks = new Dictionary<string, Uri> { ["default"] = new("https://r.example.com/") },
    };

    private static Objective Objective(BurnPolicy? policy = null) => new()
    {
        Name = "availability",
        Slo = "availability",
        Service = "checkout",
        Target = 0.999,
        Description = "Buyers can pay.",
        Policy = policy ?? BurnPolicy.Shipped,
    };

    private static AlertRule Rule(GoldenSignal signal, AlertSeverity severity) => new()
    {
        Name = "r",
        Service = "checkout",
        Signal = signal,
        Metric = "m",
        Severity = severity,
        For = Duration.FromMinutes(5),
        Impact = "Buyers wait.",
    };

    private static string[] Say(IEnumerable<LintFinding> findings) => [.. findings.Select(f => $"{f.Rule} {f.Name}: {f.What}")];

    [Fact]
    public void Of_GoodObjective_FindsNothing() => Assert.Empty(AlertLint.Of(Objective(), Good));

    [Fact]
    public void Of_ObjectiveWithoutServiceRunbookAndDescription_FindsEach() => Assert.Equal(
        [
            "1 availability: Whoever is called finds no runbook.",
            "2 availability: The service checkout is not in the catalog, so nobody can act.",
            "2 availability: It does not say what users feel when it burns.",
        ],
        Say(AlertLint.Of(Objective() with { Description = "" }, null)));

    [Fact]
    public void Of_ServiceWithoutOwner_IsNotActionable() =>
        Assert.Equal(["2 availability: Nobody owns checkout, so nobody can act."], Say(AlertLint.Of(Objective(), Good with { OwnerTeam = null })));

    [Fact]
    public void Of_OnePagingPair_IsSingleThreshold()
    {
        var one = new BurnPolicy("mine", [BurnPolicy.Shipped.Pairs[0], BurnPolicy.Shipped.Pairs[2]]) { Written = true };
        Assert.Equal(["4 availability: One pair of windows pages: a slow burn comes late, or a fast one does."], Say(AlertLint.Of(Objective(one), Good)));
    }

    [Fact]
    public void Of_ExperimentalServiceThatPages_IsNoCustomerImpact() => Assert.Equal(
        ["5 availability: It pages for checkout, on which nobody relies yet."], Say(AlertLint.Of(Objective(), Good with { Tier = ServiceTier.Experimental })));

    [Fact]
    public void Of_ObjectiveThatNeverAlerts_FindsNothing() => Assert.Empty(AlertLint.Of(Objective(BurnPolicy.None), null));

    [Fact]
    public void Of_SaturationThatPages_BreaksTwoRules() => Assert.Equal(
        ["3 r: It pages for a cause: something is full, and perhaps nobody feels it.", "4 r: It pages on a single threshold."],
        Say(AlertLint.Of(Rule(GoldenSignal.Saturation, AlertSeverity.Page), Good)));

    [Fact]
    public void Of_TrafficThatPages_IsNoCustomerImpact() => Assert.Equal(
        ["4 r: It pages on a single threshold.", "5 r: It pages for traffic, which may be fewer people asking, not people failing."],
        Say(AlertLint.Of(Rule(GoldenSignal.Traffic, AlertSeverity.Page), Good)));

    [Fact]
    public void Of_TicketWithEverything_FindsNothing() => Assert.Empty(AlertLint.Of(Rule(GoldenSignal.Latency, AlertSeverity.Ticket), Good));

    [Fact]
    public void OfPages_FiveInAWeek_IsFatigueAndFourIsNot()
    {
        var now = Instant.FromUtc(2026, 11, 21, 3, 0);
        var book = AlertBook.None with { Pages = [.. Enumerable.Range(0, 5).Select(i => new PageBegan("checkout", now - Duration.FromDays(i))), .. Enumerable.Range(0, 4).Select(i => new PageBegan("search", now - Duration.FromDays(i))), new("checkout", now - Duration.FromDays(7.5))] };
        Assert.Equal(["6 checkout: It paged 5 times in a week; people stop looking when it is not fewer than 5."], Say(AlertLint.OfPages(book, now)));
    }
}
