using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Tests.Unit.Alerting.Alerts;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public class PageIntentsTests
{
    private static readonly PageBookFold Fold = new();

    private readonly PageRig _rig = new(
        "{apiVersion: nines/v1, kind: Person, metadata: {name: alice}, spec: {contacts: {webhook: \"http://127.0.0.1:1/alice\", email: alice@example.com}}}",
        "{apiVersion: nines/v1, kind: Person, metadata: {name: ops}, spec: {contacts: {email: ops@example.com}}}",
        WhoIsPagedTests.Service("checkout", "owner: {person: alice}"));

    [Fact]
    public void Decide_FirstNotification_CallsEveryContactOnce()
    {
        _rig.Burn();
        Assert.Equal(["alice/webhook", "alice/email"], _rig.Sent.Select(s => s.Target));
        Assert.Equal("alice owns checkout.", _rig.Page.Notices[0].Reason);
        Assert.All(_rig.Sent, s => Assert.Equal($"page/{_rig.Page.Id}", s.About));
        Assert.All(_rig.Sent, s => Assert.Null(s.After));
    }

    [Fact]
    public void Decide_Resolved_GoesToThoseToldAndWaitsForThePage()
    {
        _rig.Burn();
        _rig.Pass(Duration.FromMinutes(4));
        // The owner is another one by now.
        _rig.Catalog = WhoIsPagedTests.Catalog(
            "{apiVersion: nines/v1, kind: Person, metadata: {name: alice}, spec: {contacts: {webhook: \"http://127.0.0.1:1/alice\", email: alice@example.com}}}",
            WhoIsPagedTests.Person("eve"), WhoIsPagedTests.Service("checkout", "owner: {person: eve}"));
        _rig.End();
        var resolved = _rig.Sent.Skip(2).ToArray();
        Assert.Equal(["alice/webhook", "alice/email"], resolved.Select(s => s.Target));
        Assert.Equal(_rig.Sent.Take(2).Select(s => s.Id), resolved.Select(s => s.After));
        Assert.Equal("page.resolved", resolved[0].Payload.GetProperty("event").GetString());
        Assert.Equal(_rig.Sent.ElementAt(1).Id, resolved[1].Payload.GetProperty("thread").GetString());
        Assert.NotNull(_rig.Page.EndedAt);
    }

    [Fact]
    public void Decide_Body_SaysWhatBurnsTheArithmeticAndWhereToLook()
    {
        _rig.Alerts.Report(PipelineRig.Incoming() with
        {
            Annotations = PipelineRig.Incoming().Annotations.Add("runbook", "https://runbooks.example.com/1").Add("objective", "/objectives/availability").Add("impact", "Buyers cannot pay."),
        });
        _rig.Pass(Duration.Zero);
        var body = _rig.Sent.First().Payload;
        Assert.Equal("page.opened", body.GetProperty("event").GetString());
        Assert.Equal("PAGE checkout: availability burns. Burn is 20.", body.GetProperty("text").GetString());
        Assert.Equal("alice owns checkout.", body.GetProperty("why").GetString());
        // The link itself is made at each try: whoever reads the journal cannot acknowledge.
        Assert.Equal("{acknowledge}", body.GetProperty("acknowledge").GetString());
        var alert = body.GetProperty("alerts")[0];
        Assert.Equal("Burn is 20.", alert.GetProperty("reason").GetString());
        Assert.Equal("https://runbooks.example.com/1", alert.GetProperty("runbook").GetString());
        Assert.Equal("Buyers cannot pay.", alert.GetProperty("impact").GetString());
        Assert.Equal("https://nines.example.com/objectives/availability", alert.GetProperty("links").GetProperty("objective").GetString());
        Assert.Equal($"https://nines.example.com/alerts/{_rig.Alerts.Book.All.Keys.Single()}", alert.GetProperty("links").GetProperty("alert").GetString());
    }

    [Fact]
    public void Decide_AnotherAlertJoins_IsTheNewsOfTheMessage()
    {
        _rig.Burn();
        _rig.Pass(Duration.FromMinutes(2));
        _rig.Burn("speed");
        Assert.StartsWith("PAGE checkout: speed burns (and 1 more). ", _rig.Sent.Skip(2).First().Payload.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_Ticket_GoesByMailOnceAndIsNotEscalated()
    {
        _rig.Burn(severity: AlertSeverity.Ticket);
        _rig.Pass(Duration.FromHours(1));
        _rig.End(severity: AlertSeverity.Ticket);
        _rig.Burn(severity: AlertSeverity.Ticket);
        Assert.Equal("alice/email", Assert.Single(_rig.Sent).Target);
    }

    [Fact]
    public void Decide_NobodyToCall_IsUnheardAtOnce()
    {
        var rig = new PageRig { Owner = "" };
        rig.Burn();
        Assert.Equal(
            "checkout is not in the catalog. Nobody owns Nines, so nobody is called: set notifications:owner, or describe the service nines in the catalog.",
            Assert.Single(rig.All<PageUnheard>()).Reason);
        Assert.Equal("unheard", PageView.Of(rig.Page, rig.Catalog).State);
    }

    [Fact]
    public void Settled_OneOfTwoFails_NobodyElseIsCalled()
    {
        _rig.Arrives = sent => sent.Target == "alice/webhook" ? EffectEnd.Failed : EffectEnd.Accepted;
        _rig.Burn();
        Assert.Equal(2, _rig.Sent.Count());
    }

    [Fact]
    public void Settled_AllFail_CallsWhoeverOwnsNinesThenSaysItAloud()
    {
        _rig.Arrives = _ => null;
        _rig.Burn();
        _rig.Settle(_rig.Sent.ElementAt(0).Id, EffectEnd.Failed, "404.");
        Assert.Equal(2, _rig.Sent.Count());
        _rig.Settle(_rig.Sent.ElementAt(1).Id, EffectEnd.Failed, "550.");
        var last = _rig.Sent.Last();
        Assert.Equal("ops/email", last.Target);
        Assert.Equal("Nobody who was called could be reached: 404. 550. So whoever owns Nines is called: ops owns Nines.", _rig.All<PageIntended>().Last().Reason);
        _rig.Settle(last.Id, EffectEnd.Failed, "451.");
        Assert.Equal("Nobody who was called could be reached: 404. 550. 451.", Assert.Single(_rig.All<PageUnheard>()).Reason);
    }

    [Fact]
    public void Brief_LongTitle_FitsALockScreen()
    {
        _rig.Alerts.Report(PipelineRig.Incoming() with { Title = new string('x', 400) });
        _rig.Pass(Duration.Zero);
        var text = _rig.Sent.First().Payload.GetProperty("text").GetString()!;
        Assert.Equal(160, text.Length);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_UnknownPerson_SaysHowToFindThem() => Assert.Equal(
        "person: There is no person \"alica\" in the catalog. Did you mean \"alice\"? List them with \"nines get Person\".",
        Assert.Single(PageTest.Decide(_rig.Context, "alica", _rig.Catalog, "p").Problems).ToString());

    [Fact]
    public void Test_Person_IsCalledAndThePageEnds()
    {
        _rig.Take(PageTest.Decide(_rig.Context, "alice", _rig.Catalog, "p").Value);
        Assert.Equal("page.test", _rig.Sent.First().Payload.GetProperty("event").GetString());
        Assert.Equal("TEST does this page reach you?", _rig.Sent.First().Payload.GetProperty("text").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, _rig.Sent.First().Payload.GetProperty("acknowledge").ValueKind);
        Assert.NotNull(_rig.Pages.All["p"].EndedAt);
    }

    [Fact]
    public void Snapshot_OfPages_ComesBackTheSame()
    {
        _rig.Arrives = sent => sent.Target == "alice/webhook" ? EffectEnd.Failed : null;
        _rig.Burn();
        _rig.Pass(Duration.FromSeconds(30));
        var kept = Fold.Save(_rig.Pages);
        Assert.Equal(kept.ToArray(), Fold.Save(Fold.Load(kept)).ToArray());
        Assert.Equal(_rig.Pages.Due, Fold.Load(kept).Due);
    }

    [Fact]
    public void Ended_ManyPages_AreBounded()
    {
        var pages = PageBook.None;
        for (var i = 0; i < 300; i++)
        {
            Take(new PageIntended($"p{i}", "", PageCause.Test, AlertSeverity.Page, "", "t", "r", ["alice"], [new($"e{i}", "alice/email", "alice", "email")], []));
            Take(new PageEnded($"p{i}", "over"));
        }

        Assert.Equal((PageBook.EndedKept, PageBook.EndedKept), (pages.All.Count, pages.ByEffect.Count));

        void Take(object happened) => pages = Fold.Apply(pages, new(new(1, new("t", "t"), 1, "t", _rig.Now, "local", 0, null, default), happened));
    }
}
