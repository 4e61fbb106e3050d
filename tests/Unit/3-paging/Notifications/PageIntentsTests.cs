using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Tests.Unit.Alerting.Alerts;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public class PageIntentsTests
{
    private static readonly PageBookFold Fold = new();
    private readonly PipelineRig _rig = new();
    private readonly List<object> _log = [];
    private PageBook _pages = PageBook.None;
    private int _ids;
    private int _seen;

    private static IReadOnlyList<Contact> ContactsOf(string person) => person switch
    {
        "alice" => [new("alice/webhook", "alice", "webhook", "http://127.0.0.1:1/"), new("alice/email", "alice", "email", "alice@example.com")],
        "ops" => [new("ops/email", "ops", "email", "ops@example.com")],
        _ => [],
    };

    private PageContext Context => new(_pages, ContactsOf, _rig.Now, () => $"x{++_ids}", "https://nines.example.com");

    private static readonly Called Alice = new(["alice"], "alice owns checkout.");
    private static readonly Called Ops = new(["ops"], "So whoever owns Nines is called: ops owns Nines.");

    private void Take(IEnumerable<(StreamName Stream, object Event)> events)
    {
        foreach (var (_, happened) in events.ToArray()) Take(happened);
    }

    private void Take(object happened)
    {
        _log.Add(happened);
        _pages = Fold.Apply(_pages, new(new(1, new("t", "t"), 1, "t", _rig.Now, "local", 0, null, default), happened));
    }

    /// <summary>Decides on every notification that the rig has made since the last call.</summary>
    private void Follow(Called? who = null)
    {
        foreach (var due in _rig.Due.Skip(_seen).ToArray())
        {
            _seen++;
            Take(PageIntents.Decide(Context, due, _rig.Book, who ?? Alice));
        }
    }

    private IEnumerable<OutboxIntended> Sent => _log.OfType<OutboxIntended>();

    private void Settle(string effect, EffectEnd end, string reason)
    {
        Take(new OutboxSettled(effect, end, 1, reason));
        if (end == EffectEnd.Failed) Take(PageFallback.Decide(Context, effect, _rig.Book, Ops));
    }

    [Fact]
    public void Decide_FirstNotification_CallsEveryContactOnce()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        Assert.Equal(["alice/webhook", "alice/email"], Sent.Select(s => s.Target));
        var page = _pages.All.Values.Single();
        Assert.Equal("alice owns checkout.", page.Notices[0].Reason);
        Assert.All(Sent, s => Assert.Equal($"page/{page.Id}", s.About));
        Assert.All(Sent, s => Assert.Null(s.After));
    }

    [Fact]
    public void Decide_Resolved_GoesToThoseToldAndWaitsForThePage()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        _rig.Advance(Duration.FromMinutes(10));
        _rig.End(PipelineRig.Incoming());
        // The owner is another one by now.
        Follow(new Called(["eve"], "eve owns checkout."));
        var resolved = Sent.Skip(2).ToArray();
        Assert.Equal(["alice/webhook", "alice/email"], resolved.Select(s => s.Target));
        Assert.Equal(Sent.Take(2).Select(s => s.Id), resolved.Select(s => s.After));
        Assert.Equal("page.resolved", resolved[0].Payload.GetProperty("event").GetString());
        Assert.Equal(Sent.ElementAt(1).Id, resolved[1].Payload.GetProperty("thread").GetString());
        Assert.NotNull(_pages.All.Values.Single().EndedAt);
    }

    [Fact]
    public void Decide_WebhookBody_SaysWhatBurnsTheArithmeticAndWhereToLook()
    {
        _rig.Report(PipelineRig.Incoming() with
        {
            Annotations = PipelineRig.Incoming().Annotations.Add("runbook", "https://runbooks.example.com/1").Add("objective", "/objectives/availability").Add("impact", "Buyers cannot pay."),
        });
        Follow();
        var body = Sent.First().Payload;
        Assert.Equal("page.opened", body.GetProperty("event").GetString());
        Assert.Equal("PAGE checkout: availability burns. Burn is 20.", body.GetProperty("text").GetString());
        Assert.Equal("alice owns checkout.", body.GetProperty("why").GetString());
        var alert = body.GetProperty("alerts")[0];
        Assert.Equal("Burn is 20.", alert.GetProperty("reason").GetString());
        Assert.Equal("https://runbooks.example.com/1", alert.GetProperty("runbook").GetString());
        Assert.Equal("Buyers cannot pay.", alert.GetProperty("impact").GetString());
        Assert.Equal("https://nines.example.com/objectives/availability", alert.GetProperty("links").GetProperty("objective").GetString());
        Assert.Equal($"https://nines.example.com/alerts/{_rig.Book.All.Keys.Single()}", alert.GetProperty("links").GetProperty("alert").GetString());
    }

    [Fact]
    public void Decide_AnotherAlertJoins_IsTheNewsOfTheMessage()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        _rig.Advance(Duration.FromMinutes(2));
        _rig.Report(PipelineRig.Incoming("speed") with { StartedAt = _rig.Now });
        Follow();
        Assert.StartsWith("PAGE checkout: speed burns (and 1 more). ", Sent.Skip(2).First().Payload.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_MailText_ReadsLikeAMessage()
    {
        _rig.Report(PipelineRig.Incoming() with { Annotations = PipelineRig.Incoming().Annotations.Add("impact", "Buyers cannot pay.") });
        Follow();
        var mail = Sent.ElementAt(1).Payload.Deserialize<ChannelMessage>(HouseJson.Options)!;
        Assert.Equal("PAGE checkout: availability burns. Burn is 20.", mail.Text);
        Assert.Equal(
            $"availability burns\nBurn is 20.\nWhat users feel: Buyers cannot pay.\nSince 2026-11-21 03:00:00Z.\nRunbook: none yet. Name one in the service's runbooks in the catalog.\n"
            + $"Alert: https://nines.example.com/alerts/{_rig.Book.All.Keys.Single()}\n\nWhy you: alice owns checkout.\nPage: https://nines.example.com/pages/{_pages.All.Keys.Single()}\n",
            MailText.Body(mail));
    }

    [Fact]
    public void Decide_Ticket_GoesByMailOnce()
    {
        _rig.Report(PipelineRig.Incoming(severity: AlertSeverity.Ticket));
        Follow();
        _rig.Advance(Duration.FromHours(1));
        _rig.End(PipelineRig.Incoming(severity: AlertSeverity.Ticket));
        Follow();
        _rig.Report(PipelineRig.Incoming(severity: AlertSeverity.Ticket));
        Follow();
        Assert.Equal("alice/email", Assert.Single(Sent).Target);
    }

    [Fact]
    public void Decide_NobodyToCall_IsUnheardAtOnce()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow(new Called([], "Nobody owns Nines."));
        Assert.Equal("Nobody owns Nines.", Assert.Single(_log.OfType<PageUnheard>()).Reason);
        Assert.Equal("Nobody owns Nines.", _pages.All.Values.Single().Unheard);
    }

    [Fact]
    public void Settled_OneOfTwoFails_NobodyElseIsCalled()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        Settle(Sent.ElementAt(0).Id, EffectEnd.Failed, "404.");
        Settle(Sent.ElementAt(1).Id, EffectEnd.Accepted, "250.");
        Assert.Equal(2, Sent.Count());
    }

    [Fact]
    public void Settled_AllFail_CallsWhoeverOwnsNinesThenSaysItAloud()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        Settle(Sent.ElementAt(0).Id, EffectEnd.Failed, "404.");
        Settle(Sent.ElementAt(1).Id, EffectEnd.Failed, "550.");
        var last = Sent.Last();
        Assert.Equal("ops/email", last.Target);
        Assert.Equal("Nobody who was called could be reached: 404. 550. So whoever owns Nines is called: ops owns Nines.", _log.OfType<PageIntended>().Last().Reason);
        Settle(last.Id, EffectEnd.Failed, "451.");
        Assert.Equal("Nobody who was called could be reached: 451.", Assert.Single(_log.OfType<PageUnheard>()).Reason);
    }

    [Fact]
    public void Brief_LongTitle_FitsALockScreen()
    {
        _rig.Report(PipelineRig.Incoming() with { Title = new string('x', 400) });
        Follow();
        var text = Sent.First().Payload.GetProperty("text").GetString()!;
        Assert.Equal(160, text.Length);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_UnknownPerson_SaysHowToFindThem() => Assert.Equal(
        "person: There is no person \"alica\" in the catalog. Did you mean \"alice\"? List them with \"nines get Person\".",
        Assert.Single(PageTest.Decide(Context, "alica", WhoIsPagedTests.Catalog(WhoIsPagedTests.Person("alice")), "p").Problems).ToString());

    [Fact]
    public void Test_Person_IsCalledAndThePageEnds()
    {
        Take(PageTest.Decide(Context, "alice", WhoIsPagedTests.Catalog(WhoIsPagedTests.Person("alice")), "p").Value);
        Assert.Equal("page.test", Sent.First().Payload.GetProperty("event").GetString());
        Assert.Equal("TEST does this page reach you?", Sent.First().Payload.GetProperty("text").GetString());
        Assert.NotNull(_pages.All["p"].EndedAt);
    }

    [Fact]
    public void Snapshot_OfPages_ComesBackTheSame()
    {
        _rig.Report(PipelineRig.Incoming());
        Follow();
        Settle(Sent.ElementAt(0).Id, EffectEnd.Failed, "404.");
        Assert.Equal(Fold.Save(_pages).ToArray(), Fold.Save(Fold.Load(Fold.Save(_pages))).ToArray());
    }

    [Fact]
    public void Ended_ManyPages_AreBounded()
    {
        for (var i = 0; i < 300; i++)
        {
            Take(new PageIntended($"p{i}", "", PageCause.Test, AlertSeverity.Page, "", "t", "r", ["alice"], [new($"e{i}", "alice/email", "alice", "email")], []));
            Take(new PageEnded($"p{i}", "over"));
        }

        Assert.Equal((PageBook.EndedKept, PageBook.EndedKept), (_pages.All.Count, _pages.ByEffect.Count));
    }
}
