using Nines.Alerting.Alerts;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class PipelineTests
{
    private readonly PipelineRig _rig = new();

    [Fact]
    public void Report_NewPage_IsToldAtOnceWithAReasonAtEachStage()
    {
        _rig.Report(Incoming());
        var due = Assert.Single(_rig.Due);
        Assert.Equal((NotificationCause.First, AlertSeverity.Page, "checkout", false), (due.Cause, due.Severity, due.Service, due.Ends));
        var alert = _rig.Book.All[Assert.Single(due.Firing)];
        Assert.Equal(
            [
                "dedup new: No alert with these labels is known (" + alert.Labels.Fingerprint + ").",
                "route page: The route page takes alerts of severity page.",
                "group joined: It opens the group page{service=\"checkout\"}, which waits 0s for company.",
                "silence passed: No silence holds it back.",
                "notify told: It fires, and nobody had been told: somebody is told now.",
            ],
            alert.Trail.Select(v => $"{v.Stage.ToString().ToLowerInvariant()} {v.Outcome}: {v.Reason}"));
    }

    [Fact]
    public void Report_OnARouteWithAPolicy_SaysWhichPolicyIsFollowed()
    {
        var rig = new PipelineRig { Routes = new([RouteTable.Shipped.Otherwise[0] with { Escalation = "payments-primary" }]) };
        rig.Report(Incoming());
        Assert.Equal("payments-primary", Assert.Single(rig.Due).Escalation);
    }

    [Fact]
    public void Report_Again_WritesNothing()
    {
        _rig.Report(Incoming());
        Assert.Equal(0, _rig.Report(Incoming()));
        Assert.Equal(0, _rig.Report(Incoming() with { Title = "other words", Reason = "other figures" }));
    }

    [Fact]
    public void Report_TwoInOneCommit_TravelTogether()
    {
        _rig.Report(Incoming("availability"), Incoming("latency"));
        Assert.Equal(2, Assert.Single(_rig.Due).Firing.Count);
    }

    [Fact]
    public void Report_SecondWithinInterval_WaitsForIt()
    {
        _rig.Report(Incoming("availability"));
        _rig.Advance(Duration.FromSeconds(10));
        _rig.Report(Incoming("latency"));
        Assert.Single(_rig.Due);
        _rig.Advance(Duration.FromSeconds(50));
        var more = _rig.Due.Last();
        Assert.Equal((NotificationCause.More, 2), (more.Cause, more.Firing.Count));
        Assert.Equal(_rig.Due.First().Thread, more.Thread);
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 3, 1), _rig.Now);
    }

    [Fact]
    public void End_AfterInterval_IsToldOnceAndEndsTheThread()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromMinutes(20));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromHours(10));
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved], _rig.Due.Select(d => d.Cause));
        Assert.True(_rig.Due.Last().Ends);
        Assert.Empty(_rig.Book.Groups);
    }

    [Fact]
    public void End_OfOneOfTwo_KeepsTheThreadOpen()
    {
        _rig.Report(Incoming("availability"), Incoming("latency"));
        _rig.Advance(Duration.FromMinutes(20));
        _rig.End(Incoming("latency"));
        var last = _rig.Due.Last();
        Assert.Equal((NotificationCause.Resolved, false, 1, 1), (last.Cause, last.Ends, last.Firing.Count, last.Resolved.Count));
    }

    [Fact]
    public void Firing_AfterRepeatTime_IsSaidAgain()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromHours(9));
        Assert.Equal([NotificationCause.First, NotificationCause.Repeat, NotificationCause.Repeat], _rig.Due.Select(d => d.Cause));
    }

    [Fact]
    public void Ticket_Firing_IsToldOnce()
    {
        _rig.Report(Incoming(severity: AlertSeverity.Ticket));
        _rig.Advance(Duration.FromDays(3));
        Assert.Equal(NotificationCause.First, Assert.Single(_rig.Due).Cause);
    }

    [Fact]
    public void Log_Alert_IsListedAndNobodyIsTold()
    {
        _rig.Report(Incoming(severity: AlertSeverity.Log));
        _rig.Advance(Duration.FromDays(1));
        Assert.Empty(_rig.Due);
        Assert.Equal("Alerts of severity log are listed; nobody is told.", _rig.Book.All.Values.Single().Trail[^1].Reason);
    }

    [Fact]
    public void Reopen_WithinFifteenMinutes_GoesOnInItsThread()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromMinutes(5));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromMinutes(10));
        _rig.Report(Incoming());
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved, NotificationCause.Reopened], _rig.Due.Select(d => d.Cause));
        Assert.Single(_rig.Due.Select(d => d.Thread).Distinct());
        Assert.Single(_rig.Book.All);
        Assert.Single(_rig.Book.Pages);
    }

    [Fact]
    public void Report_LongAfterItsEnd_IsANewAlertAndANewThread()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromMinutes(5));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromMinutes(16));
        _rig.Report(Incoming());
        Assert.Equal(2, _rig.Book.All.Count);
        Assert.Equal(2, _rig.Due.Where(d => d.Cause == NotificationCause.First).Select(d => d.Thread).Distinct().Count());
    }

    [Fact]
    public void Report_AgainSaysTheSender_OpensHoweverLongItTook()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromMinutes(5));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromHours(5));
        _rig.Report(Incoming() with { Again = true });
        Assert.Equal(NotificationCause.Reopened, _rig.Due.Last().Cause);
    }

    [Fact]
    public void End_BeforeTheIntervalIsOver_AndBack_TellsNothing()
    {
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromSeconds(20));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromSeconds(20));
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromMinutes(10));
        Assert.Single(_rig.Due);
    }

    [Fact]
    public void Silence_Holding_KeepsItWithItsReason()
    {
        _rig.Silence("service=checkout", Duration.FromHours(2));
        _rig.Report(Incoming());
        Assert.Empty(_rig.Due);
        var trail = _rig.Book.All.Values.Single().Trail;
        Assert.Equal("alice asked for silence about service=\"checkout\" until 2026-11-21T05:00:00Z.", trail[^2].Reason);
        Assert.Equal("It is silenced, so nobody is told.", trail[^1].Reason);
    }

    [Fact]
    public void Silence_Ends_TellsWhatStillFires()
    {
        _rig.Silence("service=checkout", Duration.FromHours(2));
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromHours(3));
        Assert.Equal((Instant.FromUtc(2026, 11, 21, 5, 0), NotificationCause.First), (_rig.Log.Single(l => l.Event is NotificationDue).At, Assert.Single(_rig.Due).Cause));
    }

    [Fact]
    public void Silence_OverItsEnd_TellsNothing()
    {
        _rig.Silence("service=checkout", Duration.FromHours(2));
        _rig.Report(Incoming());
        _rig.Advance(Duration.FromHours(1));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromHours(3));
        Assert.Empty(_rig.Due);
        Assert.Equal("It was over before anybody was told.", _rig.Book.All.Values.Single().Trail[^1].Reason);
    }

    [Fact]
    public void Silence_AfterTheFirstPage_StopsRepeatsButTellsTheEnd()
    {
        _rig.Report(Incoming());
        _rig.Silence("service=checkout", Duration.FromHours(9));
        _rig.Advance(Duration.FromHours(8));
        _rig.End(Incoming());
        _rig.Advance(Duration.FromHours(3));
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved], _rig.Due.Select(d => d.Cause));
    }

    [Fact]
    public void Silence_OfOneOfTwo_TellsTheOther()
    {
        _rig.Silence("objective=latency", Duration.FromHours(2));
        _rig.Report(Incoming("availability"), Incoming("latency"));
        Assert.Single(Assert.Single(_rig.Due).Firing);
    }

    [Fact]
    public void Wait_OfTheRoute_GathersCompany()
    {
        var rig = new PipelineRig { Routes = new([RouteTable.Shipped.Otherwise[0] with { Wait = Duration.FromSeconds(30) }]) };
        rig.Report(Incoming("availability"));
        rig.Advance(Duration.FromSeconds(20));
        rig.Report(Incoming("latency"));
        Assert.Empty(rig.Due);
        rig.Advance(Duration.FromSeconds(10));
        Assert.Equal(2, Assert.Single(rig.Due).Firing.Count);
    }

    [Fact]
    public void Ended_ManyAlerts_AreBounded()
    {
        for (var i = 0; i < 1200; i++)
        {
            _rig.Report(Incoming($"o{i}", service: $"s{i}"));
            _rig.End(Incoming($"o{i}", service: $"s{i}"));
            _rig.Advance(Duration.FromMinutes(1));
        }

        Assert.InRange(_rig.Book.All.Count, AlertBook.EndedKept, AlertBook.EndedKept + 1);
        Assert.Equal(_rig.Book.All.Count, _rig.Book.ByFingerprint.Count);
        Assert.Empty(_rig.Book.Groups);
    }

    /// <summary>The clock was set back by an hour after the group had spoken: what joins it then is told after one interval, not after the hour.</summary>
    [Fact]
    public void Next_OfAGroupThatSpokeLaterThanNow_IsOneIntervalAhead()
    {
        var rig = new PipelineRig();
        rig.Report(PipelineRig.Incoming());
        var (group, now) = (rig.Book.Groups.Values.Single(), rig.Now - Duration.FromHours(1));
        var route = rig.Routes.Named(group.Route);
        Assert.Equal(rig.Now, group.FlushedAt);
        Assert.Equal(now + route.Interval, GroupStage.Next(group with { FlushAt = null }, route, now));
    }
}
