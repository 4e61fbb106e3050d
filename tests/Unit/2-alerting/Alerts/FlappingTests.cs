using Nines.Alerting.Alerts;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class FlappingTests
{
    private static PipelineRig Flap(int openings)
    {
        var rig = new PipelineRig();
        for (var i = 0; i < openings; i++)
        {
            rig.Report(Incoming());
            rig.Advance(Duration.FromMinutes(3));
            rig.End(Incoming());
            rig.Advance(Duration.FromMinutes(3));
        }

        return rig;
    }

    [Fact]
    public void FiveOpeningsInAnHour_TheFifthSaysSo_TheTenthSaysNothing()
    {
        var rig = Flap(10);
        Assert.Equal(5, rig.Due.Count(d => d.Cause is NotificationCause.First or NotificationCause.Reopened));
        Assert.Equal(4, rig.Due.Count(d => d.Cause == NotificationCause.Resolved));
        Assert.Single(rig.Due.Select(d => d.Thread).Distinct());
        Assert.Equal("It flaps: it opened 5 times within 1h. Burn is 20.", rig.Log.Select(l => l.Event).OfType<AlertsTaken>().ElementAt(4).Alerts[0].Reason);
    }

    [Fact]
    public void Quiet_ForAQuarterOfAnHour_ItsEndIsTold()
    {
        var rig = Flap(7);
        rig.Restart();
        rig.Advance(Duration.FromMinutes(30));
        Assert.True(rig.Due.Last().Ends);
        Assert.Equal(FlapRule.Quiet, rig.Log.Last(l => l.Event is NotificationDue).At - rig.Book.All.Values.Single().EndedAt!.Value);
        Assert.Empty(rig.Book.Groups);
    }

    [Fact]
    public void First_IsNeverHidden_AndAWeekLaterItIsNew()
    {
        var rig = Flap(8);
        rig.Advance(Duration.FromDays(7));
        rig.Report(Incoming());
        Assert.Equal(NotificationCause.First, rig.Due.Last().Cause);
        Assert.DoesNotContain("flaps", rig.Book.All[rig.Due.Last().Firing.Single()].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FiresWithoutAnEnd_AfterFlapping_IsRepeatedAsEver()
    {
        var rig = Flap(6);
        rig.Report(Incoming());
        rig.Advance(Duration.FromHours(9));
        Assert.Equal(2, rig.Due.Count(d => d.Cause == NotificationCause.Repeat));
        rig.End(Incoming());
        rig.Advance(Duration.FromMinutes(2));
        Assert.Equal(NotificationCause.Resolved, rig.Due.Last().Cause);
    }
}
