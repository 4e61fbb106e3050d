using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>From the first call to somebody who has it, minute by minute.</summary>
public partial class PageEscalationTests
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    private static string Policy(string spec) => $"{{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {{name: shop}}, spec: {spec}}}";

    private static string Phone(string name) =>
        $"{{apiVersion: nines/v1, kind: Person, metadata: {{name: {name}}}, spec: {{contacts: [{{kind: ntfy, to: \"https://ntfy.example.com/{name}\"}}, {{kind: sms, to: \"+4915100000000\"}}, {{kind: voice, to: \"+4915100000000\"}}]}}}}";

    /// <summary>alice, then bob, then the lead; two rounds; whoever owns Nines at the end.</summary>
    private static PageRig Shop(string more = "", params string[] others)
    {
        var rig = new PageRig(
        [
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("lead"), WhoIsPagedTests.Person("ops"),
            "{apiVersion: nines/v1, kind: Team, metadata: {name: shop}, spec: {lead: lead, members: [lead, alice, bob]}}",
            WhoIsPagedTests.Service("checkout", "owner: {team: shop}, oncall: shop"),
            Policy($"{{steps: [{{notify: [{{person: alice}}], delay: 5m}}, {{notify: [{{person: bob}}], delay: 5m}}, {{notify: [{{lead: shop}}], delay: 5m}}], repeat: 2{more}}}"),
            .. others,
        ]);
        return rig;
    }

    [Fact]
    public void NobodyAnswers_EveryLevelIsCalledInItsTime_ThenEverybody()
    {
        var rig = Shop();
        rig.Burn();
        rig.Pass(60 * Minute);
        Assert.Equal(
            ["0:00 alice/webhook", "5:00 bob/webhook", "10:00 lead/webhook", "15:00 alice/webhook", "20:00 bob/webhook", "25:00 lead/webhook",
             "30:00 lead/webhook", "30:00 alice/webhook", "30:00 bob/webhook", "30:00 ops/webhook"],
            rig.Calls);
        Assert.Equal("Nobody took it on in 2 rounds. Everybody of shop is called. So whoever owns Nines is called: ops owns Nines.", rig.All<PageStepTaken>().Last().Reason);
        Assert.Null(rig.Page.EndedAt);
    }

    [Fact]
    public void NobodyAnswersForHours_ItBeginsAnewWhenThePageIsRepeated()
    {
        var rig = Shop();
        rig.Burn();
        rig.Pass(4 * 60 * Minute);
        Assert.Equal("240:00 alice/webhook", rig.Calls.Last());
        Assert.Equal("It still fires, and nobody has taken it on. alice stands in the policy.", rig.All<PageStepTaken>().Last().Reason);
    }

    [Fact]
    public void Acknowledged_NothingRingsAnyMore_AndTheRepeatDoesNotWakeAnybody()
    {
        var rig = Shop(", unacknowledgeAfter: 0s");
        rig.Burn();
        rig.Pass(6 * Minute);
        rig.Acknowledge("bob");
        rig.Pass(Duration.FromHours(30));
        Assert.Equal(["0:00 alice/webhook", "5:00 bob/webhook"], rig.Calls);
        Assert.Equal("acknowledged", PageView.Of(rig.Page, rig.Catalog).State);
    }

    [Fact]
    public void Acknowledged_WhileMessagesAreOnTheirWay_CallsThemOffInTheSameCommit()
    {
        var rig = Shop();
        rig.Arrives = _ => null;
        rig.Burn();
        rig.Acknowledge("alice");
        Assert.Equal(rig.Sent.Single().Id, Assert.Single(rig.All<OutboxCancelled>()).Id);
        Assert.Equal(MessageState.Cancelled, rig.Page.Messages.Single().State);
        Assert.Null(rig.Page.DueAt - (rig.Page.AcknowledgedAt + Duration.FromHours(4)) is { } off && off != Duration.Zero ? off : null);
    }

    [Fact]
    public void Acknowledged_TwiceBySamePerson_IsOneFact()
    {
        var rig = Shop();
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Acknowledge("alice");
        Assert.Single(rig.All<PageAcknowledged>());
    }

    [Fact]
    public void TwoMustAcknowledge_OneDoes_TheOthersAreStillCalled()
    {
        var rig = Shop(", acknowledgements: 2");
        rig.Burn();
        rig.Pass(1 * Minute);
        rig.Acknowledge("alice");
        Assert.Equal("open", PageView.Of(rig.Page, rig.Catalog).State);
        rig.Pass(5 * Minute);
        rig.Acknowledge("bob");
        rig.Pass(60 * Minute);
        Assert.Equal(["0:00 alice/webhook", "5:00 bob/webhook"], rig.Calls);
        Assert.Equal("acknowledged", PageView.Of(rig.Page, rig.Catalog).State);
    }

    [Fact]
    public void AcknowledgedAndForgotten_RingsAgainWithTheReason_ThreeTimesAtMost()
    {
        // grafana/oncall#3111: a page acknowledged months ago rang at 05:30, and nobody knew why.
        var rig = Shop(", unacknowledgeAfter: 1h");
        rig.Burn();
        for (var i = 0; i < 10; i++)
        {
            rig.Acknowledge("alice");
            rig.Pass(61 * Minute);
        }

        rig.Acknowledge("alice");
        rig.Pass(Duration.FromDays(200));
        var again = rig.All<PageUnacknowledged>().Select(u => u.Reason).ToArray();
        Assert.Equal(3, again.Length);
        Assert.Equal("alice took it on 1h ago, and it still fires (1 of 3 times that it rings again by itself).", again[0]);
        Assert.Contains("STILL checkout", rig.Sent.Last().Payload.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AcknowledgedAndOverMeanwhile_DoesNotRingAgain()
    {
        var rig = Shop(", unacknowledgeAfter: 1h");
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Pass(30 * Minute);
        rig.End();
        rig.Pass(Duration.FromHours(30));
        Assert.Equal(["0:00 alice/webhook", "30:00 alice/webhook"], rig.Calls);
        Assert.Equal("page.resolved", rig.Sent.Last().Payload.GetProperty("event").GetString());
    }

    [Fact]
    public void AStepThatCallsNobody_CostsNoTime()
    {
        // target/goalert#4548: an empty step still waited out its delay.
        var rig = new PageRig(
            WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"),
            Policy("{steps: [{notify: [{schedule: nights}], delay: 30m}, {notify: [{person: gone}], delay: 30m}, {notify: [{person: bob}], delay: 5m}]}"));
        rig.OnCall["nights"] = new("nights", rig.Now, rig.Now + Duration.FromHours(8), [], "", "");
        rig.Burn();
        Assert.Equal(["0:00 bob/webhook"], rig.Calls);
        Assert.Equal(["Step 1 calls nobody: Nobody is on call by nights.", "Step 2 calls nobody: gone is gone."], Assert.Single(rig.All<PageStepTaken>()).Passed);
    }

    [Fact]
    public void APersonLeavesMidEscalation_TheirStepIsPassed()
    {
        var rig = Shop();
        rig.Burn();
        rig.Pass(1 * Minute);
        rig.Catalog = WhoIsPagedTests.Catalog(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("lead"), WhoIsPagedTests.Person("ops"), "{apiVersion: nines/v1, kind: Team, metadata: {name: shop}, spec: {lead: lead, members: [lead, alice]}}",
            WhoIsPagedTests.Service("checkout", "owner: {team: shop}, oncall: shop"),
            Policy("{steps: [{notify: [{person: alice}], delay: 5m}, {notify: [{person: bob}], delay: 5m}, {notify: [{lead: shop}], delay: 5m}], repeat: 2}"));
        rig.Pass(5 * Minute);
        Assert.Equal(["0:00 alice/webhook", "5:00 lead/webhook"], rig.Calls);
    }

    [Fact]
    public void ThePolicyIsRemovedMidEscalation_TheShippedOneGoesOn()
    {
        var rig = Shop();
        rig.Burn();
        rig.Catalog = WhoIsPagedTests.Catalog(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("lead"), WhoIsPagedTests.Person("ops"), "{apiVersion: nines/v1, kind: Team, metadata: {name: shop}, spec: {lead: lead, members: [lead, alice]}}",
            WhoIsPagedTests.Service("checkout", "owner: {team: shop}, oncall: shop"));
        rig.Pass(16 * Minute);
        Assert.Equal("shipped", rig.All<PageStepTaken>().Last().Policy);
        Assert.Equal("lead/webhook", rig.Sent.Last().Target);
    }

    [Fact]
    public void APersonsOwnOrder_SilentAtOnceThenTextThenVoice()
    {
        var rig = Shop("", []);
        rig.Catalog = WhoIsPagedTests.Catalog(Phone("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"),
            Policy("{steps: [{notify: [{person: alice}], delay: 5m}, {notify: [{person: bob}], delay: 5m}]}"));
        rig.Burn();
        // Delivered is proven for these ways; without a receipt they count as lost and the next is taken.
        rig.Arrives = sent => EffectEnd.Accepted;
        rig.Pass(Duration.FromSeconds(59));
        Assert.Equal(["0:00 alice/ntfy"], rig.Calls);
        rig.Pass(Duration.FromSeconds(1));
        rig.Receipt(rig.Sent.Last().Id, ProofStage.Delivered);
        rig.Pass(1 * Minute);
        rig.Receipt(rig.Sent.Last().Id, ProofStage.Delivered);
        rig.Pass(2 * Minute);
        Assert.Equal(["0:00 alice/ntfy", "1:00 alice/sms", "2:00 alice/voice"], rig.Calls);
        rig.Acknowledge("alice");
        Assert.Equal(["alice/ntfy"], rig.Sent.Skip(3).Select(s => s.Target));
        rig.End();
        // Its end is told, and nobody's telephone rings for that.
        Assert.Equal(["alice/ntfy", "alice/sms"], rig.Sent.Skip(4).Select(s => s.Target));
    }

    [Fact]
    public void AFailedMessage_TheNextContactAtOnce_ThenTheNextPersonAtOnce()
    {
        var rig = Shop();
        rig.Catalog = WhoIsPagedTests.Catalog(Phone("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"),
            Policy("{steps: [{notify: [{person: alice}], delay: 5m}, {notify: [{person: bob}], delay: 5m}]}"));
        rig.Arrives = sent => sent.Target.StartsWith("alice", StringComparison.Ordinal) ? EffectEnd.Failed : EffectEnd.Accepted;
        rig.Burn();
        Assert.Equal(["0:00 alice/ntfy", "0:00 alice/sms", "0:00 alice/voice", "0:00 bob/webhook"], rig.Calls);
        Assert.Equal([FailoverTo.Contact, FailoverTo.Contact, FailoverTo.Step], rig.All<PageFailedOver>().Select(f => f.To));
        Assert.Equal("Nobody who was called could be reached: 410. bob stands in the policy.", rig.All<PageStepTaken>().Last().Reason);
    }

    [Fact]
    public void AMissedDeadline_LeadsOnAtOnce_AndAnEmailsSeenWakesNobody()
    {
        var rig = Shop("", "{apiVersion: nines/v1, kind: Person, metadata: {name: carol}, spec: {contacts: {email: carol@example.com}}}");
        rig.Arrives = _ => null;
        rig.Burn();
        rig.Pass(Duration.FromSeconds(14));
        Assert.Equal(["0:00 alice/webhook"], rig.Calls);
        rig.Pass(Duration.FromSeconds(1));
        Assert.Equal(["0:00 alice/webhook", "0:15 bob/webhook"], rig.Calls);
        Assert.Equal((ProofStage.Attempted, FailoverTo.Step), (rig.All<PageFailedOver>().Single().Stage, rig.All<PageFailedOver>().Single().To));
        // bob's was accepted; nobody can prove more of a webhook, so bob has the whole delay.
        rig.Settle(rig.Sent.Last().Id, EffectEnd.Accepted, "200.");
        rig.Pass(4 * Minute);
        Assert.Equal(2, rig.Calls.Count());
    }

    [Fact]
    public void ItComesBack_WhatWasNotProvedBeforeItsEnd_MissesNothing()
    {
        var rig = Shop();
        rig.Catalog = WhoIsPagedTests.Catalog(Phone("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"),
            Policy("{steps: [{notify: [{person: alice}], delay: 5m}, {notify: [{person: bob}], delay: 5m}]}"));
        rig.Burn();
        rig.Pass(Duration.FromSeconds(70));
        rig.End();
        rig.Pass(2 * Minute);
        rig.Burn();
        Assert.True(rig.Page.DueAt > rig.Now, $"due at {rig.Page.DueAt}, now {rig.Now}");
        Assert.Empty(rig.All<PageFailedOver>());
    }

    [Fact]
    public void EveryWayIsDown_EverybodyIsTriedAtOnce_AndTheRoundsGoOnWhenItIsOver()
    {
        var rig = Shop();
        rig.Arrives = _ => EffectEnd.Failed;
        rig.Burn();
        Assert.Equal(["0:00 alice/webhook", "0:00 bob/webhook", "0:00 lead/webhook", "0:00 ops/webhook"], rig.Calls);
        Assert.Equal("unheard", PageView.Of(rig.Page, rig.Catalog).State);
        rig.Arrives = _ => EffectEnd.Accepted;
        rig.Pass(5 * Minute);
        Assert.Equal("5:00 alice/webhook", rig.Calls.Last());
        Assert.Equal("open", PageView.Of(rig.Page, rig.Catalog).State);
    }

    [Fact]
    public void EveryWayIsDownForLongerThanAllRounds_ItIsTriedOn_AndSomebodyIsReachedInTheEnd()
    {
        // Found by the simulation: three rounds were over while every receiver was down, and nobody tried again for hours.
        var rig = Shop();
        rig.Arrives = _ => EffectEnd.Failed;
        rig.Burn();
        rig.Pass(2 * 60 * Minute);
        Assert.Equal("unheard", PageView.Of(rig.Page, rig.Catalog).State);
        rig.Arrives = _ => EffectEnd.Accepted;
        rig.Pass(6 * Minute);
        Assert.Equal("open", PageView.Of(rig.Page, rig.Catalog).State);
        Assert.Equal("alice/webhook", rig.Sent.Last().Target);
    }

    [Fact]
    public void DownForAnHour_WhatIsOverdueMovesOneStep_NotAllAtOnce()
    {
        // PagerDuty 2023-01: a backlog worked off in order caused surprise escalations.
        var rig = Shop();
        rig.Burn();
        rig.Alerts.Advance(Duration.FromHours(1));
        rig.Pass(Duration.Zero);
        Assert.Equal(["0:00 alice/webhook", "60:00 bob/webhook"], rig.Calls);
        rig.Pass(5 * Minute);
        Assert.Equal("65:00 lead/webhook", rig.Calls.Last());
    }

    [Fact]
    public void TheShiftEnds_TheNextOnCallIsTold_AndRungOnlyWhereNobodyHasIt()
    {
        var rig = OnCallRig();
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Pass(10 * Minute);
        rig.OnCall["days"] = new("days", rig.Now, rig.Now + Duration.FromHours(12), ["bob"], "all", "");
        rig.Pass(50 * Minute);
        Assert.Equal(["0:00 alice/webhook", "60:00 bob/email"], rig.Calls);
        Assert.Equal("bob is on call by days now. alice has this page in hand.", rig.Page.Notices[^1].Reason);
    }

    [Fact]
    public void TheShiftEndsAndNobodyHasIt_TheNextOnCallIsRung()
    {
        var rig = OnCallRig("60m");
        rig.Burn();
        rig.Pass(30 * Minute);
        rig.OnCall["days"] = new("days", rig.Now, rig.Now + Duration.FromHours(12), ["bob"], "all", "");
        rig.Pass(Duration.FromMinutes(29.5));
        Assert.Single(rig.Calls);
        rig.Pass(Duration.FromMinutes(0.5));
        Assert.Equal(["0:00 alice/webhook", "60:00 bob/ntfy", "60:00 bob/email"], rig.Calls.Where(c => !c.Contains("ops", StringComparison.Ordinal)));
    }

    private static PageRig OnCallRig(string delay = "5m")
    {
        var rig = new PageRig(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("ops"),
            "{apiVersion: nines/v1, kind: Person, metadata: {name: bob}, spec: {contacts: [{kind: ntfy, to: \"https://ntfy.example.com/bob\"}, {kind: email, to: bob@example.com}]}}",
            WhoIsPagedTests.Service("checkout", "oncall: shop"), Policy($"{{steps: [{{notify: [{{schedule: days}}], delay: {delay}}}]}}"));
        rig.OnCall["days"] = new("days", rig.Now, rig.Now + Duration.FromHours(1), ["alice"], "all", "");
        return rig;
    }

    [Fact]
    public void InTurn_EachPageCallsAnother()
    {
        var rig = new PageRig(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"), WhoIsPagedTests.Service("cart", "oncall: shop"),
            WhoIsPagedTests.Service("till", "oncall: shop"), Policy("{steps: [{notify: [{person: alice}, {person: bob}], roundRobin: true}]}"));
        foreach (var service in (string[])["checkout", "cart", "till"]) rig.Burn(service, service: service);
        Assert.Equal(["0:00 alice/webhook", "0:00 bob/webhook", "0:00 alice/webhook"], rig.Calls);
    }

    [Fact]
    public void InTurn_StepsOfSeveralPagesFallIntoOneCommit_EachPageCallsAnother()
    {
        var rig = new PageRig(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("cart", "oncall: shop"), WhoIsPagedTests.Service("till", "oncall: shop"),
            Policy("{steps: [{notify: [{person: ops}], delay: 5m}, {notify: [{person: alice}, {person: bob}], roundRobin: true}]}"));
        foreach (var service in (string[])["cart", "till"]) rig.Burn(service, service: service);
        rig.Alerts.Advance(5 * Minute);
        var steps = PageTime.DecideAll(rig.Context, rig.Now, most: 10).Select(e => e.Event).OfType<PageStepTaken>();
        Assert.Equal(["alice", "bob"], steps.SelectMany(s => s.People).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OutsideWorkingHours_OthersAreCalled()
    {
        // 03:00 UTC on a Saturday: 04:00 in Berlin.
        var rig = new PageRig(
            WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "oncall: shop"),
            Policy("{steps: [{notify: [{person: alice}], hours: {timeZone: Europe/Berlin, days: [saturday], from: \"08:00\", until: \"18:00\"}, otherwise: [{person: bob}]}], repeat: 10}"));
        rig.Burn();
        Assert.Equal(["0:00 bob/webhook"], rig.Calls);
        rig.Acknowledge("bob");
        rig.Pass(Duration.FromHours(4));
        Assert.Equal("240:00 alice/webhook", rig.Calls.Last());
    }

    [Fact]
    public void AStormOfAlerts_IsOnePageForAService_AndABoundedFlood()
    {
        var rig = Shop();
        for (var i = 0; i < 2000; i++)
        {
            rig.Burn($"o{i}");
            if (i % 100 == 0) rig.Pass(Duration.FromSeconds(1));
        }

        rig.Acknowledge("alice");
        rig.Pass(5 * Minute);
        Assert.Single(rig.Pages.All);
        Assert.InRange(rig.Calls.Count(), 2, 8);
        Assert.Equal(2000, rig.Page.Alerts.Count);
    }

    [Fact]
    public void VerifiedContacts_AreTheOnlyOnesUsed_WhereThereAreAny()
    {
        var rig = new PageRig(Phone("alice"), WhoIsPagedTests.Service("checkout", "owner: {person: alice}"));
        rig.Verified.Add("alice/sms");
        rig.Burn();
        rig.Pass(4 * Minute);
        Assert.Equal(["0:00 alice/sms"], rig.Calls.Take(1));
        Assert.DoesNotContain("alice/voice", rig.Sent.Select(s => s.Target));
    }
}
