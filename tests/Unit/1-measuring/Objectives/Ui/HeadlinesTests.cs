using Nines.Measuring.Objectives.Ui;
using Nines.Shell.Components;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives.Ui;

public sealed class HeadlinesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 8, 42);
    private static readonly Reader Berlin = new(Now, DateTimeZoneProviders.Tzdb["Europe/Berlin"], "");

    [Fact]
    public void Overview_Nothing_SaysSo() => Assert.Equal("Nothing is measured yet.", Overview());

    [Fact]
    public void Overview_AllHealthy_IsOneCalmSentence() =>
        Assert.Equal("All 2 services are within their budgets. Nobody is being paged.", Overview(Service("a", Healthy("a")), Service("b", Healthy("b"))));

    [Fact]
    public void Overview_BurningFrozenSilent_AreNamedInThatOrder()
    {
        var burning = Healthy("catalog") with
        {
            State = StateWord.Critical,
            Left = 0.194,
            Alerts = [new(false, true, false, Now, null, "")],
            Gone = [new("1h", 4.1, Instant.FromUtc(2026, 11, 20, 18, 45))],
        };
        var frozen = Healthy("search") with { State = StateWord.Frozen, Left = 0.062 };
        var silent = Healthy("ledger") with { State = StateWord.NoData, Left = null, SilentSince = Now };

        Assert.Equal(
            "Catalog is burning: at this rate its budget is gone on Friday 19:45. Search is frozen, ledger is silent. Nobody is being paged.",
            Overview(Service("search", frozen), Service("ledger", silent), Service("catalog", burning), Service("ok", Healthy("ok"))));
    }

    [Fact]
    public void Overview_SeveralInTheSameTrouble_ShareOneVerb()
    {
        ObjectiveView Burning(string name) => Healthy(name) with { Alerts = [new(true, true, false, Now, null, "")], Gone = [new("1h", 20, Instant.FromUtc(2026, 11, 19, 15, 32))] };

        Assert.Equal(
            "Checkout is burning: at this rate its budget is gone today at 16:32. Payments and storefront are burning, and 1 more below. 4 pages are out.",
            Overview(Service("checkout", Burning("checkout")), Service("payments", Burning("payments")), Service("storefront", Burning("storefront")), Service("web", Burning("web"))));
    }

    [Fact]
    public void Of_LabelNamesItsService_SaysItOnce() =>
        Assert.StartsWith("Checkout works has spent", Of(Healthy("checkout") with { Label = "Checkout works" }), StringComparison.Ordinal);

    [Fact]
    public void Of_LabelIsASentence_GoesOnInsideTheName() =>
        Assert.StartsWith("Payments requests answered has spent", Of(Healthy("payments") with { Label = "Requests answered" }), StringComparison.Ordinal);

    [Fact]
    public void Overview_OnePageOut_SaysSo() =>
        Assert.EndsWith(" 1 page is out.", Overview(Service("a", Healthy("a") with { Alerts = [new(true, true, false, Now, null, "")] })), StringComparison.Ordinal);

    [Fact]
    public void Of_SpentAndRecovering_SaysBothDirections()
    {
        var o = Healthy("payments") with { Left = 0.38, Gone = [new("1h", 0.4, null), new("6h", 0.3, null), new("24h", 2.06, Instant.FromUtc(2026, 11, 24, 21, 30))] };

        Assert.Equal("Payments availability has spent 62 % of its budget. At the last day’s burn it is gone on Tuesday 24 November; at the last hour’s it recovers.", Of(o));
    }

    [Fact]
    public void Of_Silent_NamesSinceWhen() =>
        Assert.Equal("Ledger availability is silent: nothing has come in since 08:12, 1 h 30 min ago.",
            Of(Healthy("ledger") with { Left = null, SilentSince = Now - Duration.FromMinutes(90) }));

    [Fact]
    public void Of_Overspent_SaysByHowMuch() =>
        Assert.Equal("Search availability has no budget left: it is overspent by 4.0 %.", Of(Healthy("search") with { Left = -0.04 }));

    [Fact]
    public void Of_NeverSeen_IsNotMet() =>
        Assert.Equal("New availability has no data yet: no sample has matched it.", Of(Healthy("new") with { Left = null }));

    [Fact]
    public void Census_States_AreCountedWorstFirst() =>
        Assert.Equal("2 services, 3 objectives: 1 critical, 1 without data, 1 healthy.",
            Plain(Headlines.Census([Service("a", Healthy("a"), Healthy("a") with { State = StateWord.Critical }), Service("b", Healthy("b") with { State = StateWord.NoData })])));

    [Fact]
    public void Counted_States_ComeWithTheFilterThatShowsThem()
    {
        ServiceView[] services = [Service("a", Healthy("a"), Healthy("a") with { State = StateWord.Critical }), Service("b", Healthy("b") with { State = StateWord.NoData })];

        Assert.Equal(Headlines.Census(services), string.Concat(Headlines.Counted(services).Select(p => p.Words)));
        Assert.Equal(["state:critical", "state:no", "state:healthy"], Headlines.Counted(services).Select(p => p.Filter).OfType<string>());
    }

    private static ServiceView Service(string name, params ObjectiveView[] objectives) => new(name, name, "", "", objectives);

    private static ObjectiveView Healthy(string service) =>
        new() { Name = service + "-availability", Service = service, Label = "availability", Promise = "99.9 %", Target = 0.999, Window = "30d", State = StateWord.Healthy, Left = 0.9 };

    private static string Overview(params ServiceView[] services) => Plain(Phrase.Plain(Headlines.Overview(ServiceView.WorstFirst(services), Berlin)));

    private static string Of(ObjectiveView o) => Plain(Phrase.Plain(Headlines.Of(o, Berlin)));

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
