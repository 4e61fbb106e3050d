using System.Collections.Immutable;
using FsCheck.Fluent;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class IntakeTests
{
    private readonly PipelineRig _rig = new();

    private static Instant At(int minute) => Instant.FromUtc(2026, 11, 21, 3, minute);

    private static ReceivedAlert Copy(int start, int? end = null, bool timesOut = false) =>
        new(Incoming() with { StartedAt = At(start) }, end is { } minute ? At(minute) : null, timesOut);

    [Fact]
    public void Take_ManyInOneCall_IsOneEntry()
    {
        var taken = _rig.Take(new(Incoming("a")), new(Incoming("b")), new(Incoming("c", service: "search")));
        Assert.Equal([TakenAs.New, TakenAs.New, TakenAs.New], taken.Select(t => t.As));
        Assert.Equal(3, Assert.Single(_rig.Log.Select(l => l.Event).OfType<AlertsTaken>()).Alerts.Count);
        Assert.Equal(2, _rig.Due.Count());
    }

    [Fact]
    public void Take_TwoCopiesInOneCall_AreOneAlertWithTheEarliestStart()
    {
        var taken = _rig.Take(Copy(2), Copy(1));
        Assert.Equal(taken[0], taken[1]);
        Assert.Equal(At(1), Assert.Single(_rig.Book.All.Values).StartedAt);
    }

    [Fact]
    public void Take_EndOfWhatNobodyKnows_WritesNothingAndSaysSo()
    {
        Assert.Equal(TakenAs.Unknown, Assert.Single(_rig.Take(Copy(0, 0))).As);
        Assert.Empty(_rig.Log);
    }

    [Fact]
    public void Take_RepeatOfAnEarlierEnd_DoesNotEndWhatBeganAfterIt()
    {
        _rig.Take(Copy(0, 10));
        _rig.Advance(Duration.FromMinutes(2));
        Assert.Equal(TakenAs.Resolved, Assert.Single(_rig.Take(Copy(0, 2))).As);
        _rig.Advance(Duration.FromMinutes(2));
        Assert.Equal(TakenAs.Reopened, Assert.Single(_rig.Take(Copy(4, 14))).As);
        Assert.Equal(TakenAs.Unknown, Assert.Single(_rig.Take(Copy(0, 2))).As);
        Assert.True(_rig.Book.All.Values.Single().Firing);
    }

    [Fact]
    public void Take_EndAfterTheClockWasSetBack_EndsIt()
    {
        _rig.Take(Copy(30));
        Assert.Equal(TakenAs.Resolved, Assert.Single(_rig.Take(Copy(30, 0))).As);
        Assert.False(_rig.Book.All.Values.Single().Firing);
    }

    [Fact]
    public void Over_TwoEnds_TheLaterHolds() => Assert.Equal(At(2), Copy(0, 1).Over(Copy(0, 2), At(5)).EndsAt);

    [Fact]
    public void Over_TimeoutMadeEnd_GivesWayToASaidOne()
    {
        Assert.Equal(At(30), Copy(0, 20, timesOut: true).Over(Copy(0, 30), At(5)).EndsAt);
        Assert.Equal(At(20), Copy(0, 20, timesOut: true).Over(Copy(0, 30, timesOut: true), At(5)).EndsAt);
        Assert.Equal(At(3), Copy(0, 3).Over(Copy(0, 30), At(5)).EndsAt);
    }

    [Theory]
    [InlineData("critical", AlertSeverity.Page)]
    [InlineData("P1", AlertSeverity.Page)]
    [InlineData("sev2", AlertSeverity.Page)]
    [InlineData("Warning", AlertSeverity.Ticket)]
    [InlineData("p3", AlertSeverity.Log)]
    [InlineData("none", AlertSeverity.Log)]
    [InlineData("whatever", AlertSeverity.Page)]
    public void SeverityWords_OfOtherPrograms_AreRead(string word, AlertSeverity severity) =>
        Assert.Equal(severity, SeverityWords.Of(AlertLabels.Of(("severity", word)), AlertSeverity.Page));

    [Fact]
    public void SeverityWords_PriorityLabel_CountsWhereSeveritySaysNothing() =>
        Assert.Equal(AlertSeverity.Ticket, SeverityWords.Of(AlertLabels.Of(("severity", "odd"), ("priority", "p2")), AlertSeverity.Page));

    [Fact]
    public void Read_ForeignAlert_FindsTitleReasonAndRunbook()
    {
        var notes = ImmutableSortedDictionary<string, string>.Empty.Add("summary", "Too many fail").Add("description", "12 % fail.").Add("runbook_url", "https://r.example/x");
        var read = ForeignAlert.Read(AlertLabels.Of(("alertname", "A"), ("service", "pay")), notes, At(0), "alertmanager", "http://g", CatalogView.Of(ManifestSet.Build([], whole: true)), AlertSeverity.Page);
        Assert.Equal(("Too many fail", "12 % fail.", "pay", "https://r.example/x", "http://g"), (read.Title, read.Reason, read.Service, read.Annotations["runbook"], read.GeneratorUrl));
    }

    [Fact]
    public void Read_WithoutAnyName_StillHasATitleAndNoService()
    {
        var read = ForeignAlert.Read(AlertLabels.Of(("count", "12")), ImmutableSortedDictionary<string, string>.Empty, At(0), "x", "", CatalogView.Of(ManifestSet.Build([], whole: true)), AlertSeverity.Page);
        Assert.Equal(("{count=\"12\"}", "", AlertSeverity.Page), (read.Title, read.Service, read.Severity));
    }

    [Fact]
    public void Acknowledge_FiringAlerts_CountsEachOnce()
    {
        var id = _rig.Take(Copy(0))[0].Id;
        Assert.Equal(1, _rig.Acknowledge(id));
        Assert.Equal(0, _rig.Acknowledge(id));
        Assert.Equal("alice", _rig.Book.All[id].AcknowledgedBy);
        Assert.False(Acknowledging.Decide(_rig.Book, ["nothing"], "alice", "page").Ok);
    }

    [Fact]
    public void Reopen_AfterAnAcknowledgement_AsksAnew()
    {
        var id = _rig.Take(Copy(0))[0].Id;
        _rig.Acknowledge(id);
        _rig.Take(Copy(0, 0));
        Assert.Equal(TakenAs.Reopened, _rig.Take(Copy(0))[0].As);
        Assert.Null(_rig.Book.All[id].AcknowledgedAt);
    }

    [Fact]
    public void Take_ThousandsInOneCall_AreEntriesOfABoundedSizeWithTheirTrails()
    {
        var taken = _rig.Take([.. Enumerable.Range(0, 200).Select(i => new ReceivedAlert(Incoming($"o{i}", service: $"s{i % 3}")))]);
        var entries = _rig.Log.Select(l => l.Event).OfType<AlertsTaken>().ToArray();
        Assert.Equal((200, 4), (entries.Sum(e => e.Alerts.Count), entries.Length));
        Assert.All(entries, e => Assert.All(e.Alerts, a => Assert.InRange(a.Trail, 0, e.Trails.Count - 1)));
        Assert.Contains($"It opens the group page{{service=\"s{199 % 3}\"}}, which waits 0s for company.", _rig.Book.All[taken[199].Id].Trail.Select(v => v.Reason));
        Assert.Equal(3, _rig.Due.Count());
    }

    [Fact]
    public void Fold_OfABatch_IsThatOfOneByOne() => Prop.ForAll(
        (from sizes in Gen.Choose(0, 40).ListOf() from spread in Gen.Choose(1, 5) select (sizes.ToArray(), spread)).ToArbitrary(), calls =>
        {
            var entries = new List<Recorded>();
            var id = 0;
            foreach (var size in calls.Item1)
            {
                var received = Enumerable.Range(0, size).Select(i => new ReceivedAlert(Incoming($"o{(id * 7) + i}", service: $"s{i % calls.spread}"))).ToArray();
                foreach (var (stream, happened) in Intake.Take(AlertBook.None, RouteTable.Shipped, received, At(entries.Count % 50), () => $"id{++id:00000}").Events)
                    entries.Add(new(new(entries.Count + 1, stream, 0, "t", At(entries.Count % 50), "x", 0, null, default), happened));
            }

            var fold = new AlertBookFold();
            var one = AlertBook.None;
            foreach (var entry in entries) one = fold.Apply(one, entry);
            var all = fold.ApplyBatch(AlertBook.None, entries.ToArray());
            return fold.Save(one).Span.SequenceEqual(fold.Save(all).Span) && one.Due.SequenceEqual(all.Due);
        }).Hold();
}
