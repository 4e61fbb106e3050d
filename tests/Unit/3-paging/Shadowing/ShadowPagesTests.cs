using FsCheck.Fluent;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Tests.Unit.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Shadowing;

/// <summary>Pages in shadow mode: all of it is decided, nothing of it is sent, not even later.</summary>
public class ShadowPagesTests
{
    private const string Everything = "{apiVersion: nines/v1, kind: ShadowMode, metadata: {name: pagerduty}, spec: {beside: pagerduty, covers: {everything: true}}}";
    private const string Policy = "{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {name: shop}, spec: {steps: [{notify: [{person: alice}], delay: 5m}, {notify: [{person: bob}], delay: 5m}], repeat: 1}}";

    private static readonly Duration Minute = Duration.FromMinutes(1);

    private static readonly string[] Shop =
    [
        WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"),
        "{apiVersion: nines/v1, kind: Team, metadata: {name: shop}, spec: {lead: bob, members: [alice, bob]}}",
        WhoIsPagedTests.Service("checkout", "owner: {team: shop}, oncall: shop"), WhoIsPagedTests.Service("ledger", "owner: {person: ops}"), Policy,
    ];

    private static PageRig Rig(params string[] modes) => new([.. Shop, .. modes]);

    private static void Switch(PageRig rig, params string[] modes)
    {
        rig.Catalog = WhoIsPagedTests.Catalog([.. Shop, .. modes]);
        foreach (var id in rig.Pages.InShadow) rig.Take(GoingLive.Decide(rig.Context, rig.Pages.All[id]));
    }

    [Fact]
    public void Shadow_NobodyAnswers_EveryStepIsWrittenDownAndNothingIsSent()
    {
        var rig = Rig(Everything);
        rig.Burn();
        rig.Pass(30 * Minute);
        Assert.Empty(rig.Sent);
        Assert.Equal(["1 alice", "2 bob", "0 bob,alice,ops"], rig.All<PageStepTaken>().Select(s => $"{s.Step} {string.Join(',', s.People)}"));
        Assert.Equal(["alice/webhook", "bob/webhook", "bob/webhook", "alice/webhook", "ops/webhook"], rig.All<PageIntended>().SelectMany(p => p.Messages).Select(m => m.Contact));
        Assert.All(rig.All<PageIntended>(), p => Assert.Equal("pagerduty", p.Shadow));
        Assert.All(rig.Page.Messages, m => Assert.Equal((MessageState.Shadow, null), (m.State, m.Due)));
        Assert.Equal([rig.Page.Id], rig.Pages.InShadow);
    }

    [Fact]
    public void Shadow_ItsEnd_IsToldToNobody()
    {
        var rig = Rig(Everything);
        rig.Burn();
        rig.Pass(2 * Minute);
        rig.End();
        rig.Pass(10 * Minute);
        Assert.NotNull(rig.Page.EndedAt);
        Assert.Empty(rig.Sent);
        Assert.Empty(rig.Pages.InShadow);
    }

    [Fact]
    public void Shadow_SwitchedOffWhileItFires_BeginsAtTheFirstStep_AndSendsNothingOfBefore()
    {
        var rig = Rig(Everything);
        rig.Burn();
        rig.Pass(7 * Minute);
        var before = rig.Page.Messages.Select(m => m.Effect).ToArray();
        Switch(rig);
        Assert.Equal(["7:00 alice/webhook"], rig.Calls);
        Assert.DoesNotContain(rig.Sent, s => before.Contains(s.Id));
        Assert.Equal("Shadow mode is over for it. It fires, and nobody has taken it on. alice stands in the policy.", rig.Page.Notices[^1].Reason);
        // Whoever heard nothing so far hears of it for the first time, and no thread answers a mail that was never sent.
        Assert.Equal("page.opened", rig.Sent.Single().Payload.GetProperty("event").GetString());
        Assert.False(rig.Sent.Single().Payload.TryGetProperty("thread", out var thread) && thread.ValueKind == System.Text.Json.JsonValueKind.String);
        rig.Pass(5 * Minute);
        Assert.Equal("12:00 bob/webhook", rig.Calls.Last());
    }

    [Fact]
    public void Shadow_SwitchedOffWhileSomebodyHasIt_RingsNobody()
    {
        var rig = Rig(Everything);
        rig.Burn();
        rig.Pass(Minute);
        rig.Acknowledge("alice");
        Switch(rig);
        rig.Pass(30 * Minute);
        Assert.Empty(rig.Sent);
        Assert.Equal("", rig.Page.Shadow);
    }

    [Fact]
    public void Shadow_SwitchedOnWhileAPageRings_ThatPageGoesOn()
    {
        var rig = Rig();
        rig.Burn();
        rig.Pass(Minute);
        Switch(rig, Everything);
        rig.Pass(5 * Minute);
        Assert.Equal(["0:00 alice/webhook", "5:00 bob/webhook"], rig.Calls);
        rig.End();
        rig.Pass(10 * Minute);
        Assert.Equal(4, rig.Sent.Count());
        Assert.Equal("page.resolved", rig.Sent.Last().Payload.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData("{services: [checkout]}", true)]
    [InlineData("{teams: [shop]}", true)]
    [InlineData("{everything: true, except: [checkout]}", false)]
    [InlineData("{services: [ledger]}", false)]
    public void Covers_OneServiceOrTeamAtATime(string covers, bool silent)
    {
        var rig = Rig($"{{apiVersion: nines/v1, kind: ShadowMode, metadata: {{name: m}}, spec: {{beside: opsgenie, covers: {covers}}}}}");
        rig.Burn();
        Assert.Equal(silent, !rig.Sent.Any());
    }

    [Fact]
    public void Merge_OfARingingPageIntoOneInShadow_IsRefused()
    {
        var rig = Rig("{apiVersion: nines/v1, kind: ShadowMode, metadata: {name: m}, spec: {beside: opsgenie, covers: {services: [ledger]}}}");
        rig.Burn();
        rig.Burn("writes", service: "ledger");
        var (live, shadow) = (rig.Pages.All.Values.Single(p => p.Service == "checkout"), rig.Pages.All.Values.Single(p => p.Service == "ledger"));
        var refused = rig.Do(c => PageAnswers.Merge(c, live.Id, shadow.Id, "alice"));
        Assert.Equal("The other page is in shadow mode and calls nobody: this one would fall silent.", refused[0].What);
        Assert.Empty(rig.Do(c => PageAnswers.Merge(c, shadow.Id, live.Id, "alice")));
    }

    [Fact]
    public void Test_AskedForByName_IsSentAllTheSame()
    {
        var rig = Rig(Everything);
        rig.Do(c => PageTest.Decide(c, "alice", rig.Catalog, "t1"));
        Assert.Equal("alice/webhook", Assert.Single(rig.Sent).Target);
    }

    // Whatever happens in whatever order: no effect is about a page while it is in shadow mode, no message that was only
    // written down ever becomes an effect, and what opens outside shadow mode is sent.
    [Fact]
    public void Law_NothingDecidedInShadowModeIsEverSent() => Prop.ForAll(Gen.Choose(0, 7).ListOf().ToArbitrary(), moves =>
    {
        var rig = Rig();
        foreach (var move in moves) Move(rig, move);
        var shadow = rig.All<PageIntended>().Where(p => p.Shadow.Length > 0).SelectMany(p => p.Messages).Select(m => m.Effect).ToHashSet();
        var live = rig.All<PageIntended>().Where(p => p.Shadow.Length == 0).SelectMany(p => p.Messages).Select(m => m.Effect).ToHashSet();
        var sent = rig.Sent.Select(s => s.Id).ToHashSet();
        return !sent.Overlaps(shadow) && sent.SetEquals(live) && rig.Pages.InShadow.All(id => rig.Pages.All[id].Shadow.Length > 0)
            && rig.Pages.All.Values.Where(p => p.EndedAt is null && p.Shadow.Length > 0).All(p => ShadowModes.Of(rig.Catalog, p.Service) is not null);
    }).Hold();

    private static void Move(PageRig rig, int move)
    {
        switch (move)
        {
            case 0: rig.Burn(); break;
            case 1: rig.End(); break;
            case 2: Switch(rig, Everything); break;
            case 3: Switch(rig); break;
            case 4: rig.Pass(3 * Minute); break;
            case 5: rig.Pass(45 * Minute); break;
            default: foreach (var page in rig.Pages.All.Values.Where(p => p.EndedAt is null).ToArray()) rig.Do(c => move == 6 ? PageAnswers.Acknowledge(c, page.Id, "alice", "page") : PageAnswers.Unacknowledge(c, page.Id, "alice")); break;
        }
    }
}
