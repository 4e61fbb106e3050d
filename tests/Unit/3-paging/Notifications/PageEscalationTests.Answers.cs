using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>What people say to a page.</summary>
public partial class PageEscalationTests
{
    [Fact]
    public void Snoozed_SleepsAndRingsAgain_UnlessItIsOver()
    {
        var rig = Shop();
        rig.Burn();
        Assert.Equal("for: A page sleeps from 1m to 1d, not 2d. Write one such as 30m. What may wait longer is no page: silence it.", Assert.Single(rig.Do(c => PageAnswers.Snooze(c, rig.Page.Id, "alice", Duration.FromHours(48)))).ToString());
        rig.Do(c => PageAnswers.Snooze(c, rig.Page.Id, "alice", 30 * Minute));
        rig.Pass(29 * Minute);
        Assert.Equal("snoozed", PageView.Of(rig.Page, rig.Catalog).State);
        rig.Pass(1 * Minute);
        Assert.Equal(["0:00 alice/webhook", "30:00 alice/webhook"], rig.Calls);
        Assert.Equal("It slept until now, and still fires. alice stands in the policy.", rig.All<PageStepTaken>().Last().Reason);
    }

    [Fact]
    public void GivenBack_RingsFromTheFirstStep()
    {
        var rig = Shop();
        rig.Burn();
        rig.Acknowledge("bob");
        rig.Pass(10 * Minute);
        rig.Do(c => PageAnswers.Unacknowledge(c, rig.Page.Id, "bob"));
        Assert.Equal("10:00 alice/webhook", rig.Calls.Last());
    }

    [Fact]
    public void EscalatedByHand_TheNextStepNow()
    {
        var rig = Shop();
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Pass(2 * Minute);
        rig.Do(c => PageAnswers.Escalate(c, rig.Page.Id, "alice"));
        Assert.Equal(["0:00 alice/webhook", "2:00 bob/webhook"], rig.Calls);
        Assert.Equal("alice asks for the next step. bob stands in the policy.", rig.All<PageStepTaken>().Last().Reason);
        rig.Pass(5 * Minute);
        Assert.Equal("7:00 lead/webhook", rig.Calls.Last());
    }

    [Fact]
    public void TakenOnAndAsleep_RingsAgainAtTheEndOfItsSleepOnly()
    {
        var rig = Shop(", unacknowledgeAfter: 1h");
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Do(c => PageAnswers.Snooze(c, rig.Page.Id, "alice", Duration.FromHours(3)));
        rig.Pass(2 * 60 * Minute);
        Assert.Equal(["0:00 alice/webhook"], rig.Calls);
        Assert.Equal(rig.Page.SnoozedUntil, rig.Pages.NextDue);
        rig.Pass(60 * Minute);
        Assert.Equal("180:00 alice/webhook", rig.Calls.Last());
    }

    [Fact]
    public void EscalatedByHand_WhoeverHadItAndIsNext_IsCalled()
    {
        var rig = Shop();
        rig.Burn();
        rig.Acknowledge("bob");
        rig.Pass(2 * Minute);
        rig.Do(c => PageAnswers.Escalate(c, rig.Page.Id, "alice"));
        Assert.Equal(["0:00 alice/webhook", "2:00 bob/webhook"], rig.Calls);
        Assert.Empty(rig.All<PageStepTaken>().Last().Passed);
    }

    [Fact]
    public void Reassigned_TheyAreCalledAtOnce_AndThePolicyGoesOnBehindThem()
    {
        var rig = Shop("", WhoIsPagedTests.Person("eve"));
        rig.Burn();
        Assert.Equal(
            "to: There is nobody \"ev\" with a contact in the catalog. Did you mean \"eve\"? List people with \"nines get Person\".",
            Assert.Single(rig.Do(c => PageAnswers.Reassign(c, rig.Page.Id, "alice", ["ev"]))).ToString());
        rig.Do(c => PageAnswers.Reassign(c, rig.Page.Id, "alice", ["eve"]));
        rig.Pass(5 * Minute);
        Assert.Equal(["0:00 alice/webhook", "0:00 eve/webhook", "5:00 bob/webhook"], rig.Calls);
    }

    [Fact]
    public void Merged_OnePageRingsForBoth_AndEndsWithTheLast()
    {
        var rig = Shop("", WhoIsPagedTests.Service("cart", "owner: {team: shop}, oncall: shop"));
        rig.Burn();
        rig.Pass(1 * Minute);
        rig.Burn("carts", service: "cart");
        var (checkout, cart) = (rig.Pages.All.Values.Single(p => p.Service == "checkout").Id, rig.Pages.All.Values.Single(p => p.Service == "cart").Id);
        rig.Do(c => PageAnswers.Merge(c, cart, checkout, "alice"));
        rig.Do(c => PageAnswers.Acknowledge(c, cart, "alice", "page"));
        Assert.NotNull(rig.Pages.All[checkout].AcknowledgedAt);
        rig.End();
        Assert.Null(rig.Pages.All[checkout].EndedAt);
        rig.Alerts.End(Alerting.Alerts.PipelineRig.Incoming("carts", service: "cart"));
        rig.Pass(1 * Minute);
        Assert.NotNull(rig.Pages.All[checkout].EndedAt);
    }

    [Fact]
    public void ResolvedByHand_IsTold_AndWhatFiresOnComesBack()
    {
        var rig = Shop();
        rig.Burn();
        rig.Do(c => PageAnswers.Resolve(c, rig.Page.Id, "alice"));
        Assert.Equal("page.resolved", rig.Sent.Last().Payload.GetProperty("event").GetString());
        Assert.Equal("This page is over already.", Assert.Single(rig.Do(c => PageAnswers.Acknowledge(c, rig.Page.Id, "alice", "page"))).What);
        rig.Pass(Duration.FromHours(4));
        Assert.Equal("240:00 alice/webhook", rig.Calls.Last());
        Assert.Null(rig.Page.EndedAt);
    }

    /// <summary>The clock was set back while the end of a shift was awaited: told an hour early, it was told again and again.</summary>
    [Fact]
    public void ShiftEnds_ByTheClockOnTheWall_WhateverWasAwaited()
    {
        var rig = OnCallRig();
        rig.Burn();
        rig.Acknowledge("alice");
        rig.Pass(Duration.FromMinutes(10));
        Assert.Equal(rig.OnCall["days"].Until, rig.Pages.NextDue);
        Assert.Empty(PageTime.DecideAll(rig.Context, rig.OnCall["days"].Until, most: 10));
    }
}
