using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class AlertLeasesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);
    private readonly SettableClock _clock = new() { Now = Start };
    private readonly PipelineRig _rig = new();

    private static Instant At(double minute) => Start + Duration.FromMinutes(minute);

    private AlertLeases Leases() => new(_clock, new IdSource(new Random(1)), Options.Create(new AlertsOptions()));

    private Alert Take(int start, int end, bool timesOut = false)
    {
        var taken = _rig.Take(new ReceivedAlert(PipelineRig.Incoming() with { StartedAt = At(start) }, At(end), timesOut));
        return _rig.Book.All[taken[0].Id];
    }

    private static Renewal Again(double at, double end, bool timesOut = false, string title = "availability burns") =>
        new(At(at), At(end), timesOut, PipelineRig.Incoming() with { StartedAt = Start, Title = title });

    private static Instant EndOf(AlertLeases leases, Alert alert) => leases.Of(alert, AlertEnds.None)!.Value.EndsAt;

    [Fact]
    public void Renew_LaterEnd_HoldsLonger()
    {
        var (leases, alert) = (Leases(), Take(0, 4));
        Assert.Equal(At(4), EndOf(leases, alert));
        Assert.True(leases.TryRenew(alert, Again(1, 5)));
        Assert.Equal(At(5), EndOf(leases, alert));
    }

    [Fact]
    public void Renew_TimeoutMadeEnd_GivesWayAndASaidOneHolds()
    {
        var (leases, alert) = (Leases(), Take(0, 60));
        leases.TryRenew(alert, Again(1, 6, timesOut: true));
        Assert.Equal(At(60), EndOf(leases, alert));
        leases.TryRenew(alert, Again(2, 70, timesOut: true));
        leases.TryRenew(alert, Again(3, 8, timesOut: true));
        Assert.Equal(At(8), EndOf(leases, alert));
        Assert.Equal(At(8), leases.Shortened);
    }

    [Fact]
    public void TryEnd_WhenItsTimeCame_KeepsTheFastWayShut()
    {
        var (leases, alert) = (Leases(), Take(0, 4));
        Assert.False(leases.TryEnd(alert, AlertEnds.None, At(3.9), out _));
        Assert.True(leases.TryEnd(alert, AlertEnds.None, At(4), out var end));
        Assert.Equal(At(4), end);
        Assert.False(leases.TryRenew(alert, Again(4, 8)));
        // The writer found it firing after all: the commit of its end failed.
        leases.Renew(alert, Again(4, 8));
        Assert.False(leases.TryEnd(alert, AlertEnds.None, At(5), out _));
    }

    [Fact]
    public void Of_EndLaterThanWhatANodeSaysOfTheOthers_StillHolds()
    {
        var (leases, alert) = (Leases(), Take(0, 15));
        var news = new RenewalNews(At(1), At(3.5), System.Collections.Frozen.FrozenDictionary<string, Instant>.Empty);
        var ends = AlertEnds.None with { ByNode = AlertEnds.None.ByNode.Add("n", news) };
        Assert.Equal(At(15), leases.Of(alert, ends)!.Value.EndsAt);
        Assert.False(leases.TryEnd(alert, ends, At(4), out _));
    }

    [Fact]
    public void Restart_EverythingKnown_GetsOneTimeoutOfGrace()
    {
        var alert = Take(0, 4);
        _clock.Now = At(30);
        var leases = Leases();
        Assert.Equal(At(35), EndOf(leases, alert));
        leases.TryRenew(alert, Again(31, 33));
        Assert.Equal(At(33), EndOf(leases, alert));
    }

    [Fact]
    public void Look_AfterTheClockWasSet_BeginsANewGrace()
    {
        var (leases, alert) = (Leases(), Take(0, 4));
        leases.Look(_clock.Now);
        _clock.Step(Duration.FromHours(1));
        leases.Look(_clock.Now);
        Assert.Equal(At(65), EndOf(leases, alert));
    }

    [Fact]
    public void Newest_NewWords_AreShownAndWrittenOnce()
    {
        var (leases, alert) = (Leases(), Take(0, 4));
        Assert.Null(leases.Unwritten);
        leases.TryRenew(alert, Again(1, 5));
        Assert.Equal(At(1), leases.Unwritten);
        Assert.Empty(leases.Write(_rig.Book, AlertEnds.None, At(2), 10).Words);
        leases.TryRenew(alert, Again(2, 6, title: "burns more"));
        var (said, end, heard) = leases.Newest(alert, AlertEnds.None);
        Assert.Equal(("burns more", At(6), At(2)), (said.Title, end, heard));
        var written = leases.Write(_rig.Book, AlertEnds.None, At(2), 10);
        Assert.Equal("burns more", Assert.Single(written.Words).Title);
        leases.Written(written, _rig.Book);
        Assert.Null(leases.Unwritten);
        Assert.Empty(leases.Write(_rig.Book, AlertEnds.None, At(2), 10).Words);
    }

    [Fact]
    public void Write_ManyAlerts_NamesOnlyThoseThatEndEarly()
    {
        var (leases, alert) = (Leases(), Take(0, 30));
        Assert.Empty(leases.Write(_rig.Book, AlertEnds.None, At(1), 10).Earlier);
        Assert.Equal(alert.Id, Assert.Single(leases.Write(_rig.Book, AlertEnds.None, At(29), 10).Earlier).Id);
    }

    [Fact]
    public void Ends_AfterARenewalWasWritten_AreKnownToOtherNodes()
    {
        var (leases, alert) = (Leases(), Take(0, 4));
        leases.TryRenew(alert, Again(2, 6));
        var fold = new AlertEndsFold();
        var ends = fold.Apply(AlertEnds.None, new(new(1, Intake.Ends, 0, "t", At(2.5), "x", 0, null, default), leases.Write(_rig.Book, AlertEnds.None, At(2.5), 10)));
        Assert.Equal(At(5), ends.Of(alert).EndsAt);
        Assert.Equal(ends.Of(alert), fold.Load(fold.Save(ends)).Of(alert));
    }

    /// <summary>A wall clock that can be set, beside a tick that only goes on.</summary>
    private sealed class SettableClock : TimeProvider
    {
        public Instant Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

        public override long GetTimestamp() => 0;

        public void Step(Duration by) => Now += by;
    }
}
