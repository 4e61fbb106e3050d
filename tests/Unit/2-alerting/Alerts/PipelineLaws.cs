using FsCheck;
using FsCheck.Fluent;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class PipelineLaws
{
    private static readonly Arbitrary<(int What, int Which, int Seconds)[]> Histories = (
        from what in Gen.Choose(0, 9)
        from which in Gen.Choose(0, 4)
        from seconds in Gen.Frequency((3, Gen.Choose(0, 90)), (1, Gen.Choose(600, 20_000)))
        select (what, which, seconds)).ListOf().Select(l => l.ToArray()).ToArbitrary();

    private static Incoming One(int which) => PipelineRig.Incoming($"o{which}", which == 4 ? AlertSeverity.Ticket : AlertSeverity.Page, which < 3 ? "checkout" : "search");

    private static PipelineRig Play((int What, int Which, int Seconds)[] steps)
    {
        var rig = new PipelineRig();
        foreach (var (what, which, seconds) in steps)
        {
            if (what < 4) rig.Report(One(which));
            else if (what < 7) rig.End(One(which));
            else if (what == 7) rig.Silence($"objective=o{which}", Duration.FromSeconds(seconds + 1));
            rig.Advance(Duration.FromSeconds(seconds));
        }

        return rig;
    }

    [Fact]
    public void NoAlertIsLost_WhateverHappens_ItIsToldOrItsTrailSaysWhyNot() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play(steps);
        // All silences end and all intervals pass: what fires now must have been told.
        rig.Advance(Duration.FromDays(2));
        var told = rig.Due.SelectMany(d => d.Firing).ToHashSet();
        return rig.Book.All.Values.All(a => a.Firing ? told.Contains(a.Id) : told.Contains(a.Id) || a.Trail[^1].Outcome == "kept");
    }).Hold();

    [Fact]
    public void EveryEnd_OfSomethingTold_IsToldAfterIt() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play(steps);
        rig.Advance(Duration.FromDays(2));
        foreach (var alert in rig.Book.All.Values)
        {
            var open = false;
            foreach (var due in rig.Due)
            {
                if (due.Resolved.Contains(alert.Id) && !open) return false;
                if (due.Firing.Contains(alert.Id)) open = true;
                if (due.Resolved.Contains(alert.Id)) open = false;
            }

            if (open && !alert.Firing) return false;
        }

        return true;
    }).Hold();

    [Fact]
    public void Dedup_SameReportTwice_WritesOnce() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play(steps);
        rig.Report(One(0));
        return rig.Report(One(0)) == 0;
    }).Hold();

    [Fact]
    public void Groups_WithoutSilences_SpeakAtMostEveryInterval() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play([.. steps.Where(s => s.What != 7)]);
        rig.Advance(Duration.FromDays(1));
        // A group that ended and began anew is another group: its wait is its own.
        var byThread = rig.Log.Where(l => l.Event is NotificationDue { Cause: not NotificationCause.Reopened }).GroupBy(l => ((NotificationDue)l.Event).Thread);
        return byThread.All(g => g.Zip(g.Skip(1)).All(p =>
            p.Second.At - p.First.At >= RouteTable.Shipped.Named(((NotificationDue)p.First.Event).Route).Interval
            || ((NotificationDue)p.First.Event).Ends));
    }).Hold();

    [Fact]
    public void Duties_AtRest_WaitForTheFutureOnly() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play(steps);
        return (rig.Book.NextFlush is not { } flush || flush > rig.Now) && (rig.Silences.NextEnd is not { } end || end > rig.Now);
    }).Hold();

    [Fact]
    public void Snapshot_AnyHistory_ComesBackTheSame() => Prop.ForAll(Histories, steps =>
    {
        var rig = Play(steps);
        var (alerts, silences) = (new AlertBookFold(), new SilenceFold());
        return alerts.Save(alerts.Load(alerts.Save(rig.Book))).Span.SequenceEqual(alerts.Save(rig.Book).Span)
            && silences.Save(silences.Load(silences.Save(rig.Silences))).Span.SequenceEqual(silences.Save(rig.Silences).Span)
            && alerts.Load(alerts.Save(rig.Book)).NextFlush == rig.Book.NextFlush;
    }).Hold();
}
