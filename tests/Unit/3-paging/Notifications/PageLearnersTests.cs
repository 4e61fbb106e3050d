using Nines.Alerting.Alerts;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>gus learns beside alice: he gets a copy and nobody counts on him.</summary>
public class PageLearnersTests
{
    private static string Person(string name, string contacts) => $"{{apiVersion: nines/v1, kind: Person, metadata: {{name: {name}}}, spec: {{contacts: {contacts}}}}}";

    private static PageRig Rig(string gus)
    {
        var rig = new PageRig(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("ops"), Person("gus", gus), "{apiVersion: nines/v1, kind: Schedule, metadata: {name: shop}, spec: {timeZone: UTC, layers: [{name: all, rotation: {turn: weekly, start: \"2026-01-05T09:00\", people: [alice]}}]}}",
            "{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {name: shop}, spec: {steps: [{notify: [{schedule: shop}], delay: 5m}], repeat: 2}}", WhoIsPagedTests.Service("checkout", "owner: {person: ops}, oncall: shop"));
        rig.OnCall["shop"] = new("shop", rig.Now - Duration.FromDays(1), rig.Now + Duration.FromDays(6), ["alice"], "all", "");
        rig.Learning["shop"] = ["gus"];
        return rig;
    }

    [Fact]
    public void Step_WithSomebodyWhoLearns_SendsOneQuietCopyThatAsksForNothing()
    {
        var rig = Rig("[{kind: email, to: gus@example.com}, {kind: sms, to: \"+4915100000000\"}, {kind: voice, to: \"+4915100000000\"}]");
        rig.Burn();
        rig.Pass(Duration.FromMinutes(7));
        var copy = Assert.Single(rig.Sent, s => s.Target == "gus/email");
        Assert.Equal("You are learning beside alice on shop: this is a copy, there is nothing to do.", copy.Payload.GetProperty("why").GetString());
        Assert.StartsWith("COPY checkout", copy.Payload.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.False(copy.Payload.TryGetProperty("acknowledge", out var link) && link.ValueKind != System.Text.Json.JsonValueKind.Null);
        Assert.DoesNotContain(rig.Sent, s => s.Target is "gus/sms" or "gus/voice");
        Assert.DoesNotContain("gus", rig.Page.People);
        Assert.Null(rig.Page.Messages.Single(m => m.Contact == "gus/email").Due);
    }

    [Fact]
    public void Copy_ThatArrives_ProvesNothingAboutThePage_AndOneThatFailsWakesNobody()
    {
        var rig = Rig("[{kind: email, to: gus@example.com}]");
        rig.Arrives = e => e.Target == "gus/email" ? Kernel.EffectEnd.Failed : Kernel.EffectEnd.Accepted;
        rig.Burn();
        rig.Pass(Duration.FromMinutes(1));
        Assert.Empty(rig.All<PageFailedOver>());
        Assert.Equal(["0:00 alice/webhook", "0:00 gus/email"], rig.Calls);
    }

    [Fact]
    public void Learner_WhoHasOnlyATelephone_IsLeftAsleep()
    {
        var rig = Rig("[{kind: voice, to: \"+4915100000000\"}]");
        rig.Burn();
        rig.Pass(Duration.FromMinutes(3));
        Assert.All(rig.Sent, s => Assert.Equal("alice/webhook", s.Target));
    }

    [Fact]
    public void Learner_HearsTheEndOnce_AndAcknowledgingLeavesTheCopyAlone()
    {
        var rig = Rig("[{kind: email, to: gus@example.com}]");
        rig.Burn();
        rig.Pass(Duration.FromMinutes(1));
        rig.Acknowledge("alice");
        rig.End();
        rig.Pass(Duration.FromMinutes(10));
        Assert.Equal(["page.opened", "page.resolved"], rig.Sent.Where(s => s.Target == "gus/email").Select(s => s.Payload.GetProperty("event").GetString()));
    }

    [Fact]
    public void Learner_WhoIsOnCallToo_IsCalledAndGetsNoCopy()
    {
        var rig = Rig("[{kind: email, to: gus@example.com}]");
        rig.OnCall["shop"] = rig.OnCall["shop"] with { People = ["gus"] };
        rig.Burn();
        Assert.Equal([PageCause.First], rig.All<PageIntended>().Select(p => p.Cause));
        Assert.Equal(AlertSeverity.Page, rig.Page.Severity);
    }
}
