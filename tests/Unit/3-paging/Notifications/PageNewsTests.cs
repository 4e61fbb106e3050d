using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>What stands on screens stays true when a page changes hands, and nobody hears a sound of it.</summary>
public class PageNewsTests
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    private static string Reached(string name, string contacts) => $"{{apiVersion: nines/v1, kind: Person, metadata: {{name: {name}}}, spec: {{contacts: [{contacts}]}}}}";

    private static string Policy(string spec) => $"{{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {{name: shop}}, spec: {spec}}}";

    /// <summary>alice has one contact of every kind; bob, who is called beside her, has Slack and the browser of his phone.</summary>
    private static PageRig Shop(string more = "", string service = "checkout")
    {
        var everything = string.Join(", ", ContactKinds.All.Where(k => k != ContactKinds.Push).Select(k => $"{{kind: {k}, {Address(k)}}}"));
        var rig = new PageRig(
            Reached("alice", everything), Reached("bob", "{kind: slack, to: U0000002}"), Reached("carol", "{kind: slack, to: U0000003}, {kind: email, to: carol@example.com}"), WhoIsPagedTests.Person("ops"),
            WhoIsPagedTests.Service(service, "owner: {person: alice}, oncall: shop"), WhoIsPagedTests.Service("search", "owner: {person: carol}"), WhoIsPagedTests.Service("cart", "owner: {person: carol}"), WhoIsPagedTests.Service("basket", "owner: {person: carol}"),
            Policy($"{{steps: [{{notify: [{{person: alice}}, {{person: bob}}], delay: 30m}}]{more}}}"));
        rig.Devices.UnionWith(["alice", "bob"]);
        return rig;
    }

    private static string Address(string kind) => kind switch
    {
        ContactKinds.Email => "to: alice@example.com",
        ContactKinds.Sms or ContactKinds.Voice => "to: \"+49 151 1234567\"",
        ContactKinds.Slack => "to: U0000001",
        ContactKinds.Teams or ContactKinds.Mattermost or ContactKinds.Discord => "secret: \"env:ADDRESS\"",
        ContactKinds.PagerDuty or ContactKinds.Opsgenie => "secret: \"env:KEY\"",
        ContactKinds.Ntfy => "to: \"https://ntfy.example.com/alice\"",
        _ => "to: \"https://hook.example.com/alice\"",
    };

    private static string[] Told(PageRig rig, string happened) =>
        [.. rig.Sent.Where(o => o.Payload.GetProperty("event").GetString() == happened).Select(o => o.Target).Order(StringComparer.Ordinal)];

    private static string Said(PageRig rig, string happened) => rig.Sent.Last(o => o.Payload.GetProperty("event").GetString() == happened).Payload.GetProperty("text").GetString()!;

    [Fact]
    public void Acknowledged_IsSaidWhereItCanBeChangedQuietly_AndNowhereElse()
    {
        var rig = Shop();
        rig.Burn();
        rig.Pass(3 * Minute);
        Assert.Equal(ContactKinds.All.Count + 2, Told(rig, MessageEvent.Opened).Length);
        rig.Acknowledge("bob");
        Assert.Equal(["alice/discord", "alice/ntfy", "alice/opsgenie", "alice/pagerduty", "alice/push-1", "alice/slack", "bob/push-1", "bob/slack"], Told(rig, MessageEvent.Acknowledged));
        Assert.Equal("TAKEN ON checkout: availability burns. bob has it.", Said(rig, MessageEvent.Acknowledged));
        Assert.All(rig.Page.Notices[^1].Messages, m => Assert.Null(m.Due));
        Assert.All(rig.Sent.Where(o => o.Payload.GetProperty("event").GetString() == MessageEvent.Acknowledged), o => Assert.Equal(System.Text.Json.JsonValueKind.Null, o.Payload.GetProperty("acknowledge").ValueKind));
        Assert.Equal("acknowledged", PageView.Of(rig.Page, rig.Catalog).State);
        rig.Pass(Duration.FromHours(1));
        Assert.Equal(PageCause.Acknowledged, rig.Page.Notices[^1].Cause);
    }

    [Fact]
    public void Acknowledged_WhoeverWasNotCalledYet_HearsNothing()
    {
        var rig = Shop();
        rig.Burn();
        rig.Acknowledge("bob");
        Assert.DoesNotContain("alice/voice", rig.Sent.Select(o => o.Target));
        Assert.DoesNotContain("carol/slack", rig.Sent.Select(o => o.Target));
    }

    [Fact]
    public void Acknowledged_TwoAreNeeded_IsSaidWhenBothHaveIt()
    {
        var rig = Shop(", acknowledgements: 2");
        rig.Burn();
        rig.Acknowledge("bob");
        Assert.Empty(Told(rig, MessageEvent.Acknowledged));
        rig.Acknowledge("alice");
        Assert.Equal("TAKEN ON checkout: availability burns. bob and alice have it.", Said(rig, MessageEvent.Acknowledged));
    }

    [Fact]
    public void GivenBack_WhoeverIsCalledAnewIsRung_NobodyReadsThatItIsTakenOn()
    {
        var rig = Shop("", "checkout");
        rig.Burn();
        rig.Acknowledge("bob");
        rig.Pass(Minute);
        rig.Do(c => PageAnswers.Reassign(c, rig.Page.Id, "bob", ["carol"]));
        // Neither is called by it: where "taken on" stood, it says what is so now.
        Assert.Equal(["alice/discord", "alice/ntfy", "alice/push-1", "alice/slack", "bob/push-1", "bob/slack"], Told(rig, MessageEvent.Changed));
        Assert.Equal("STILL checkout: availability burns. bob gave it to carol.", Said(rig, MessageEvent.Changed));
        rig.Acknowledge("carol");
        rig.Do(c => PageAnswers.Unacknowledge(c, rig.Page.Id, "carol"));
        // alice and bob are rung anew; only carol's own message would lie.
        Assert.Equal("carol/slack", Told(rig, MessageEvent.Changed).Except(["alice/discord", "alice/ntfy", "alice/push-1", "alice/slack", "bob/push-1", "bob/slack"]).Single());
        Assert.Contains("alice/slack", Told(rig, MessageEvent.Repeated));
    }

    [Fact]
    public void GivenBack_ThatNobodyHadTakenOn_ChangesNothingOnScreens()
    {
        var rig = Shop();
        rig.Burn();
        rig.Do(c => PageAnswers.Escalate(c, rig.Page.Id, "bob"));
        Assert.Empty(Told(rig, MessageEvent.Changed));
    }

    [Fact]
    public void RingsAgain_NobodyWaitsBehindOldNews()
    {
        var rig = Shop();
        rig.Burn();
        rig.Arrives = _ => null;
        rig.Acknowledge("bob");
        var news = rig.Page.Notices[^1].Messages.ToDictionary(m => m.Contact, m => m.Effect);
        rig.Do(c => PageAnswers.Unacknowledge(c, rig.Page.Id, "bob"));
        Assert.Contains(rig.All<OutboxCancelled>(), c => c.Id == news["bob/slack"]);
        var called = rig.Sent.Last(o => o.Target == "bob/slack");
        Assert.Equal(MessageEvent.Repeated, called.Payload.GetProperty("event").GetString());
    }

    [Fact]
    public void PartOfItIsOver_ThenMoreOfIt_WaitsForTheCallThatIsStillOnItsWay()
    {
        var rig = Shop();
        rig.Arrives = _ => null;
        rig.Burn();
        var call = rig.Sent.Last(o => o.Target == "bob/slack");
        var part = PartlyOver();
        Assert.Equal(call.Id, part.After);
        var more = PartlyOver();
        Assert.Contains(rig.All<OutboxCancelled>(), c => c.Id == part.Id);
        // Not behind what was called off, but behind what that waited for.
        Assert.Equal(call.Id, more.After);

        OutboxIntended PartlyOver()
        {
            var events = new PageEvents();
            PageEnding.TellOver(rig.Context, events, rig.Page, rig.Context.AlertsOf(rig.Page), open: true, "");
            rig.Take(events);
            return rig.Sent.Last(o => o.Target == "bob/slack");
        }
    }

    [Fact]
    public void Merged_SaysSo_AndTheEndOfAllIsToldToThoseOfBoth()
    {
        var rig = Shop();
        rig.Burn();
        rig.Burn(service: "search");
        rig.Pass(3 * Minute);
        var (one, other) = (rig.Pages.All.Values.Single(p => p.Service == "search"), rig.Pages.All.Values.Single(p => p.Service == "checkout"));
        rig.Do(c => PageAnswers.Merge(c, one.Id, other.Id, "bob"));
        Assert.Equal(["carol/slack"], Told(rig, MessageEvent.Merged));
        Assert.Equal("PART OF ANOTHER PAGE search: availability burns. bob made it part of another page, which goes on.", Said(rig, MessageEvent.Merged));
        rig.Do(c => PageAnswers.Resolve(c, other.Id, "bob"));
        Assert.Contains("carol/email", Told(rig, MessageEvent.Resolved));
    }

    [Fact]
    public void SeveralPagesEnd_WhileNothingArrives_AContactHearsOneLine_TheNewestFirst()
    {
        var rig = Shop();
        foreach (var service in (string[])["search", "cart", "basket"]) rig.Burn(service: service);
        rig.Pass(3 * Minute);
        rig.Arrives = _ => null;
        foreach (var service in (string[])["cart", "search", "basket"]) rig.Do(c => PageAnswers.Resolve(c, rig.Pages.All.Values.Single(p => p.Service == service).Id, "bob"));
        var cancelled = rig.All<OutboxCancelled>().Select(c => c.Id).ToHashSet();
        var mails = rig.Sent.Where(o => o.Target == "carol/email" && o.Payload.GetProperty("event").GetString() == MessageEvent.Resolved).ToArray();
        Assert.Equal("OVER 3 pages: basket: availability burns; search: availability burns; cart: availability burns", mails.Single(m => !cancelled.Contains(m.Id)).Payload.GetProperty("text").GetString());
        // A message that is changed in its place stands for its own page.
        Assert.Equal(3, rig.Sent.Count(o => o.Target == "carol/slack" && o.Payload.GetProperty("event").GetString() == MessageEvent.Resolved && !cancelled.Contains(o.Id)));
    }

    [Fact]
    public void SeveralPagesEnd_AndEachEndArrives_EachIsALineOfItsOwn()
    {
        var rig = Shop();
        foreach (var service in (string[])["search", "cart"]) rig.Burn(service: service);
        rig.Pass(3 * Minute);
        foreach (var service in (string[])["search", "cart"]) rig.Do(c => PageAnswers.Resolve(c, rig.Pages.All.Values.Single(p => p.Service == service).Id, "bob"));
        Assert.Equal(
            ["OVER search: availability burns. Burn is 20.", "OVER cart: availability burns. Burn is 20."],
            rig.Sent.Where(o => o.Target == "carol/email" && o.Payload.GetProperty("event").GetString() == MessageEvent.Resolved).Select(o => o.Payload.GetProperty("text").GetString()));
    }

    [Fact]
    public void ManyPagesEnd_TheLineStaysShort_AndSaysHowManyMore()
    {
        var rig = Shop();
        string[] objectives = [.. Enumerable.Range(1, 30).Select(i => $"objective-{i}-with-a-name-of-some-length")];
        var facts = new PageFacts("p", PageCause.Resolved, Nines.Alerting.Alerts.AlertSeverity.Page, "checkout", objectives[0], "", false, [], rig.Now, "https://nines.example.com")
        {
            Others = [.. objectives.Skip(1).Select(o => new Page(o, Nines.Alerting.Alerts.AlertSeverity.Page, "", o, [], rig.Now, rig.Now, [], "", []))],
        };
        var text = PageContent.Brief(facts);
        Assert.InRange(text.Length, 80, PageContent.BriefLength);
        Assert.StartsWith("OVER 30 pages: checkout: objective-1-", text, StringComparison.Ordinal);
        Assert.EndsWith(" more", text, StringComparison.Ordinal);
    }
}
