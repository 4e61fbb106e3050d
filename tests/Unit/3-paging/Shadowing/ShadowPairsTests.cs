using FsCheck.Fluent;
using Nines.Paging.Shadowing;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Shadowing;

/// <summary>What belongs together, and what is said about it.</summary>
public class ShadowPairsTests
{
    private static readonly Instant Zero = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly HashSet<string> NoKeys = [];

    private static NinesPage Own(string id, double minute, string service = "checkout", string title = "burns", string person = "ada", double? ended = null) => new(
        id, "pagerduty", service, title, At(minute), ended is { } end ? At(end) : null, [], [new(1, 1, At(minute), [person], $"{person} is on call by shop."), new(1, 2, At(minute + 5), ["bo"], "bo is on call by second.")]);

    private static OutsidePageHeard Other(string id, double minute, string service = "checkout", string title = "burns", string person = "ada", string key = "", bool urgent = true) => new(
        "pagerduty", id, key, service, service, title, "", At(minute), urgent, [new(person, "P" + person, At(minute), "assigned", 1)], null, "", null, null);

    private static Instant At(double minute) => Zero + Duration.FromMinutes(minute);

    private static string Say(IEnumerable<ShadowPair> pairs) => string.Join(" | ", pairs.Select(p => $"{p.Own?.Id ?? "-"}:{string.Join(',', p.Outside.Select(o => o.Id))}"));

    private static ShadowRow Row(ShadowPair pair, double now = 60, params string[] whyNot) => new ShadowRows(id => id, _ => "PagerDuty", _ => whyNot, At(now)).Of(pair)!;

    [Fact]
    public void Of_ServiceAndTime_Pairs() => Assert.Equal("a:1,2 | b:3", Say(ShadowPairs.Of([Own("a", 0, ended: 8), Own("b", 60)], [Other("1", 0.1), Other("2", 12), Other("3", 58)], _ => NoKeys)));

    [Fact]
    public void Of_AnotherServiceAtTheSameTime_IsAnotherThing() => Assert.Equal("a: | -:1", Say(ShadowPairs.Of([Own("a", 0)], [Other("1", 0.1, "ledger")], _ => NoKeys)));

    [Fact]
    public void Of_TheSameKey_BeatsTheNearerTime() =>
        Assert.Equal("a:1 | b:", Say(ShadowPairs.Of([Own("a", 0), Own("b", 5)], [Other("1", 5, key: "k")], p => p.Id == "a" ? new HashSet<string> { "k" } : NoKeys)));

    [Fact]
    public void Of_ServiceUnknownThere_GoesByTheWords() =>
        Assert.Equal("a:1 | -:2", Say(ShadowPairs.Of([Own("a", 0, title: "checkout-availability burns 20 times too fast")], [Other("1", 1, "", "[FIRING] checkout-availability burns"), Other("2", 1, "", "Disk full on db-1")], _ => NoKeys)));

    [Fact]
    public void Row_TheSamePeople_IsTheSame()
    {
        var row = Row(new(Own("a", 0), [Other("1", 0)]));
        Assert.Equal((ShadowVerdict.Same, "Both woke ada."), (row.Verdict, row.Words));
        Assert.Equal("Both woke ada, Nines 2 min later.", Row(new(Own("a", 2), [Other("1", 0)])).Words);
    }

    [Fact]
    public void Row_SomebodyElse_SaysWhyAndWhenTheyWouldHaveCome()
    {
        var row = Row(new(Own("a", 0), [Other("1", 0, person: "bo")]));
        Assert.Equal((ShadowVerdict.Another, "PagerDuty woke bo; Nines would have woken ada."), (row.Verdict, row.Words));
        Assert.Equal(["Nines: ada is on call by shop.", "bo would be called at step 2, 5 min later."], row.Trail);
        Assert.Equal("zoe is in none of the steps that Nines took.", Row(new(Own("a", 0), [Other("1", 0, person: "zoe")])).Trail[1]);
    }

    [Fact]
    public void Row_OneSideOnly_WaitsForTheOtherFirst()
    {
        Assert.Equal(ShadowVerdict.Waiting, Row(new(null, [Other("1", 0)]), now: 5).Verdict);
        var row = Row(new(null, [Other("1", 0)]), 60, "The catalog knows no service Till.");
        Assert.Equal((ShadowVerdict.OnlyOutside, "Only PagerDuty woke ada.", "The catalog knows no service Till."), (row.Verdict, row.Words, row.Trail[0]));
        Assert.Equal("Nines would have woken ada; PagerDuty had it as something that can wait.", Row(new(Own("a", 0), [Other("1", 0, urgent: false)])).Words);
        Assert.Equal(ShadowVerdict.OnlyNines, Row(new(Own("a", 0), [])).Verdict);
        Assert.Null(new ShadowRows(id => id, _ => "PagerDuty", _ => [], At(60)).Of(new(null, [Other("1", 0, urgent: false)])));
    }

    [Fact]
    public void Headline_CountsInWords()
    {
        ShadowRow[] rows = [.. Enumerable.Range(0, 41).Select(i => Row(new(Own($"a{i}", 0), [Other("1", 0)]))), Row(new(null, [Other("1", 0)]), 60, "The catalog knows no service Till."), Row(new(Own("b", 0), [Other("1", 0, person: "bo")]))];
        Assert.Equal("In 7 days: 41 of 43 the same; 1 woke somebody else: bo would be called at step 2, 5 min later; 1 only PagerDuty: The catalog knows no service Till.", ShadowHeadline.Of(rows, Duration.FromDays(7)));
        Assert.Equal("In 24 hours nothing was there to compare.", ShadowHeadline.Of([], Duration.FromDays(1)));
    }

    // Every page is in exactly one pair, whatever comes in whatever order.
    [Fact]
    public void Law_EveryPageIsInOnePair_WhateverTheOrder() => Prop.ForAll(
        Gen.Choose(0, 600).ListOf().ToArbitrary(), Gen.Choose(0, 600).ListOf().ToArbitrary(), (own, other) =>
        {
            NinesPage[] pages = [.. own.Select((m, i) => Own($"o{i}", m, m % 3 == 0 ? "ledger" : "checkout", ended: m + 20))];
            OutsidePageHeard[] outside = [.. other.Select((m, i) => Other($"x{i}", m, m % 2 == 0 ? "ledger" : "checkout"))];
            var pairs = ShadowPairs.Of(pages, outside, _ => NoKeys);
            return pairs.Select(p => p.Own?.Id).OfType<string>().Order().SequenceEqual(pages.Select(p => p.Id).Order())
                && pairs.SelectMany(p => p.Outside).Select(p => p.Id).Order().SequenceEqual(outside.Select(p => p.Id).Order())
                && Say(ShadowPairs.Of(pages.Reverse(), outside.Reverse(), _ => NoKeys)) == Say(pairs)
                && pairs.Where(p => p.Own is not null).All(p => p.Outside.All(o => o.Service == p.Own!.Service));
        }).Hold();
}
