using FsCheck.Fluent;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class InhibitionTests
{
    private static readonly InhibitRule NodeDown = new("node-down", Of("alertname=NodeDown"), Of("alertname!=NodeDown"), ["node"]);

    private static Matcher[] Of(params string[] texts) => [.. texts.Select(t => Matcher.Parse(t).Value)];

    private static PipelineRig Rig(params InhibitRule[] rules) => new() { Routes = RouteTable.Shipped.With(new() { Inhibit = rules }) };

    private static Incoming Alert(string name, string node, string service = "checkout", AlertSeverity severity = AlertSeverity.Page) => new()
    {
        Labels = AlertLabels.Of(("alertname", name), ("node", node), ("service", service)),
        Severity = severity,
        Source = "alertmanager",
        Service = service,
        Title = name,
        Reason = name,
        StartedAt = Instant.FromUtc(2026, 11, 21, 3, 0),
    };

    private static Alert Find(PipelineRig rig, string name) => rig.Book.All.Values.Single(a => a.Title == name);

    [Fact]
    public void SourceFires_TargetOfTheSameNodeIsHeld_AnotherNodesIsTold()
    {
        var rig = Rig(NodeDown);
        rig.Report(Alert("NodeDown", "n1", "infra"));
        rig.Report(Alert("DiskFull", "n1"), Alert("CpuHigh", "n2"));
        Assert.Equal(["NodeDown", "CpuHigh"], rig.Due.SelectMany(d => d.Firing).Select(id => rig.Book.All[id].Title));
        var held = Find(rig, "DiskFull");
        Assert.Equal(Find(rig, "NodeDown").Id, held.InhibitedBy);
        Assert.Equal($"While NodeDown ({held.InhibitedBy}) fires, the rule node-down holds it back; both share node.", held.Trail.Single(v => v.Stage == Stage.Inhibit).Reason);
        Assert.Equal("It is inhibited, so nobody is told.", held.Trail[^1].Reason);
    }

    [Fact]
    public void SourceEnds_TheTargetIsToldAtOnceAndNotAtItsNextInterval()
    {
        var rig = Rig(NodeDown);
        rig.Report(Alert("NodeDown", "n1", "infra"));
        rig.Report(Alert("DiskFull", "n1", severity: AlertSeverity.Ticket));
        rig.Advance(Duration.FromSeconds(7));
        rig.End(Alert("NodeDown", "n1", "infra"));
        Assert.Equal(Find(rig, "DiskFull").Id, rig.Due.Last(d => d.Severity == AlertSeverity.Ticket).Firing.Single());
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 3, 0, 7), rig.Now);
        Assert.Equal("", Find(rig, "DiskFull").InhibitedBy);
    }

    [Fact]
    public void Restart_BetweenSourceAndTarget_HoldsTheTargetAllTheSame()
    {
        // prometheus/alertmanager#2229, #4064: after a start targets were told because their sources had not been sent again yet.
        var rig = Rig(NodeDown);
        rig.Report(Alert("NodeDown", "n1", "infra"));
        rig.Report(Alert("DiskFull", "n1"));
        for (var i = 0; i < 50; i++)
        {
            rig.Restart();
            rig.Report(Alert("DiskFull", "n1"), Alert("CpuHigh", "n1"));
            rig.Advance(Duration.FromMinutes(10));
        }

        Assert.All(rig.Due, d => Assert.Equal("NodeDown", rig.Book.All[d.Firing.Single()].Title));
    }

    [Fact]
    public void SourceAndTargetInOneCommit_OnlyTheSourceIsTold_InWhateverOrder()
    {
        var rig = Rig(NodeDown);
        rig.Report(Alert("DiskFull", "n1"), Alert("NodeDown", "n1", "infra"));
        Assert.Equal("NodeDown", rig.Book.All[rig.Due.Single().Firing.Single()].Title);
    }

    [Fact]
    public void BothSidesFitBoth_NeitherIsHeld()
    {
        var rig = Rig(new InhibitRule("all", Of("node=n1"), Of("node=n1"), []));
        rig.Report(Alert("A", "n1"), Alert("B", "n1"));
        Assert.Equal(2, rig.Due.Single().Firing.Count);
    }

    [Fact]
    public void TwoThatWouldHoldEachOther_TheOlderIsTold()
    {
        var rig = Rig(new InhibitRule("a", Of("alertname=A"), Of("alertname=B"), []), new InhibitRule("b", Of("alertname=B"), Of("alertname=A"), []));
        rig.Report(Alert("A", "n1"), Alert("B", "n1") with { StartedAt = Instant.FromUtc(2026, 11, 21, 2, 0) });
        Assert.Equal("B", rig.Book.All[rig.Due.Single().Firing.Single()].Title);
    }

    [Fact]
    public void ThreeThatWouldHoldEachOtherInACircle_TheOldestIsTold()
    {
        var rig = Rig(Holds("B", "C"), Holds("C", "A"), Holds("A", "B"));
        rig.Report(Alert("C", "n1") with { StartedAt = rig.Now - Duration.FromMinutes(1) }, Alert("B", "n1"), Alert("A", "n1"));
        Assert.Equal(["C"], rig.Due.SelectMany(d => d.Firing).Select(id => rig.Book.All[id].Title));
    }

    [Fact]
    public void WhateverTheRules_WhatIsHeldBack_IsInTheEndSaidBySomethingThatIsTold() => Prop.ForAll(
        (from rules in Gen.Choose(1, 9)
         from alerts in Gen.Choose(2, 12)
         from pairs in Gen.Choose(0, 35).ListOf(rules)
         from names in Gen.Choose(0, 5).ListOf(alerts)
         select (Pairs: pairs, Names: names)).ToArbitrary(),
        world =>
        {
            var rig = Rig([.. world.Pairs.Where(p => p / 6 != p % 6).Select(p => Holds($"A{p / 6}", $"A{p % 6}"))]);
            rig.Report([.. world.Names.Select((name, i) => Alert($"A{name}", "n1", $"s{i}"))]);
            var told = rig.Due.SelectMany(d => d.Firing).ToHashSet(StringComparer.Ordinal);
            return rig.Book.All.Values.All(alert =>
            {
                var at = alert;
                for (var steps = 0; at.InhibitedBy.Length > 0 && steps < 50; steps++) at = rig.Book.All[at.InhibitedBy];
                return told.Contains(at.Id);
            });
        }).Hold(300);

    private static InhibitRule Holds(string source, string target) => new($"{source}-{target}", Of($"alertname={source}"), Of($"alertname={target}"), ["node"]);

    [Fact]
    public void TargetEndsAndFiresAgainWhileHeld_IsStillReleasedByTheEndOfItsSource()
    {
        var rig = Rig(NodeDown);
        rig.Report(Alert("NodeDown", "n1", "infra"));
        rig.Report(Alert("DiskFull", "n1", severity: AlertSeverity.Ticket));
        // Both before its group may speak again: the next flush finds it held back as it was.
        rig.Advance(Duration.FromSeconds(105));
        rig.End(Alert("DiskFull", "n1", severity: AlertSeverity.Ticket));
        rig.Advance(Duration.FromSeconds(156));
        rig.Report(Alert("DiskFull", "n1", severity: AlertSeverity.Ticket) with { StartedAt = rig.Now });
        rig.Advance(Duration.FromMinutes(6));
        rig.End(Alert("NodeDown", "n1", "infra"));
        Assert.Contains(Find(rig, "DiskFull").Id, rig.Due.Last(d => d.Firing.Count > 0).Firing);
    }

    [Fact]
    public void Target_ToldBeforeItsSource_IsToldAsOverAllTheSame()
    {
        var rig = Rig(NodeDown);
        rig.Report(Alert("DiskFull", "n1"));
        rig.Advance(Duration.FromMinutes(5));
        rig.Report(Alert("NodeDown", "n1", "infra"));
        rig.End(Alert("DiskFull", "n1"));
        rig.Advance(Duration.FromMinutes(5));
        Assert.Contains(rig.Due, d => d.Cause == NotificationCause.Resolved && d.Ends && rig.Book.All[d.Resolved.Single()].Title == "DiskFull");
    }

    private static PipelineRig Chain(bool on = true) => new()
    {
        Routes = RouteTable.Shipped.With(new() { InhibitAlongDependencies = on }, null, Nines.Catalog.DependencyGraph.Of(
        [
            new() { Name = "orders", DisplayName = "orders", Upstream = ["payments"] },
            new() { Name = "payments", DisplayName = "payments", Upstream = ["db"] },
            new() { Name = "db", DisplayName = "db" },
        ])),
    };

    [Fact]
    public void Dependencies_UpstreamPageIsAtHand_HoldsDownstreamAndShowsTheWay()
    {
        var rig = Chain();
        rig.Report(Alert("DbDown", "n1", "db"));
        rig.Advance(Duration.FromMinutes(2));
        rig.Acknowledge(Find(rig, "DbDown"), "01alice");
        rig.Report(Alert("OrdersFail", "n2", "orders"));
        var held = Find(rig, "OrdersFail");
        Assert.Equal(Find(rig, "DbDown").Id, held.InhibitedBy);
        Assert.Equal(
            $"orders needs payments needs db, and DbDown ({held.InhibitedBy}) pages there since 2026-11-21T03:00:00Z: 01alice is at it since 2026-11-21T03:02:00Z. It is judged again when that ends or nobody is at it any more, and every 10m.",
            held.Trail.Single(v => v.Stage == Stage.Inhibit).Reason);
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 3, 12), rig.Book.Groups[held.Group].FlushAt);
    }

    [Fact]
    public void Dependencies_OffByDefault_AndNobodyAtIt_AndTheOtherWayRound_HoldNothing()
    {
        var off = Chain(on: false);
        off.Report(Alert("DbDown", "n1", "db"));
        off.Acknowledge(Find(off, "DbDown"), "01alice");
        off.Report(Alert("OrdersFail", "n2", "orders"));
        Assert.Equal(2, off.Due.Count());

        var unheard = Chain();
        unheard.Report(Alert("DbDown", "n1", "db"));
        unheard.Report(Alert("OrdersFail", "n2", "orders"));
        Assert.Equal(2, unheard.Due.Count());

        var above = Chain();
        above.Report(Alert("OrdersFail", "n2", "orders"));
        above.Acknowledge(Find(above, "OrdersFail"), "01alice");
        above.Report(Alert("DbDown", "n1", "db"));
        Assert.Equal(2, above.Due.Count());
    }

    [Fact]
    public void Dependencies_UpstreamIsOnlyATicket_HidesNoPage()
    {
        var rig = Chain();
        rig.Report(Alert("DbSlow", "n1", "db", AlertSeverity.Ticket));
        rig.Acknowledge(Find(rig, "DbSlow"), "01alice");
        rig.Report(Alert("OrdersFail", "n2", "orders"));
        Assert.Equal("OrdersFail", rig.Book.All[rig.Due.Last().Firing.Single()].Title);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dependencies_UpstreamEndsOrNobodyIsAtIt_ReleasesAtOnce(bool ends)
    {
        var rig = Chain();
        rig.Report(Alert("DbDown", "n1", "db"));
        rig.Acknowledge(Find(rig, "DbDown"), "01alice");
        rig.Report(Alert("OrdersFail", "n2", "orders"));
        rig.Advance(Duration.FromMinutes(3));
        rig.Restart();
        if (ends) rig.End(Alert("DbDown", "n1", "db"));
        else rig.Unacknowledge(Find(rig, "DbDown"));
        Assert.Contains(rig.Log, l => l.At == Instant.FromUtc(2026, 11, 21, 3, 3) && l.Event is NotificationDue { Cause: NotificationCause.First, Service: "orders" });
    }

    [Fact]
    public void Dependencies_NewsIsMissed_IsJudgedAgainWithinTenMinutes()
    {
        var rig = Chain();
        rig.Report(Alert("DbDown", "n1", "db"));
        rig.Acknowledge(Find(rig, "DbDown"), "01alice");
        rig.Report(Alert("OrdersFail", "n2", "orders"));
        // The catalog forgets who needs whom; nothing tells the pipeline.
        rig.Routes = RouteTable.Shipped;
        rig.Advance(Duration.FromMinutes(10));
        Assert.Contains(rig.Due, d => d.Service == "orders");
    }
}
