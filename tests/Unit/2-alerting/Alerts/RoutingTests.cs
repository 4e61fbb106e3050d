using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class RoutingTests
{
    private static RouteBranch Branch(string name, string match, params RouteBranch[] below) =>
        new() { Name = name, Match = match.Length == 0 ? [] : [.. match.Split(' ').Select(m => Matcher.Parse(m).Value)], Branches = below };

    private static RouteTable Tree(params RouteBranch[] branches) => RouteTable.Shipped.With(new() { Branches = branches });

    private static RouteFacts Facts(AlertSeverity severity = AlertSeverity.Page, string service = "", params (string, string)[] labels) => new(AlertLabels.Of(labels), severity, service, "alertmanager");

    [Fact]
    public void Take_NoBranchFits_TheShippedRouteOfItsSeverityTakesIt()
    {
        var routes = Tree(Branch("payments", "service=payments"));
        Assert.Equal(["page", "ticket", "log"], Enum.GetValues<AlertSeverity>().Select(s => routes.Take(Facts(s, "search"), out _).Name));
    }

    [Fact]
    public void Take_Nested_TheDeepestBranchThatFitsTakesItAndInherits()
    {
        var routes = Tree(Branch("payments", "service=payments", Branch("db", "component=db") with { Wait = Duration.FromSeconds(30) }, Branch("rest", "component=web")) with { Escalation = "payments-primary" });
        var db = routes.Take(Facts(labels: [("service", "payments"), ("component", "db")]), out _);
        Assert.Equal(("payments/db:page", "payments-primary", Duration.FromSeconds(30)), (db.Name, db.Escalation, db.Wait));
        // None of those below fits: the branch itself takes it, as in Alertmanager.
        Assert.Equal("payments:page", routes.Take(Facts(labels: [("service", "payments"), ("component", "queue")]), out _).Name);
    }

    [Fact]
    public void Take_AlertWithoutIdentityLabels_IsRoutedByTheServiceThatNinesFound()
    {
        // openobserve/openobserve#13904: a count(*) alert carries no labels, so no rule of ownership matched it.
        var routes = Tree(Branch("payments", "service=payments"));
        Assert.Equal("payments:page", routes.Take(Facts(service: "payments"), out _).Name);
        Assert.Equal("payments:page{service=\"payments\"}", routes.Take(Facts(service: "payments"), out _).GroupKey(Facts(service: "payments")));
    }

    [Fact]
    public void Take_SeverityOverride_IsTreatedAsThatSeverity()
    {
        var route = Tree(Branch("dev", "env=dev") with { Severity = AlertSeverity.Log }).Take(Facts(labels: ("env", "dev")), out _);
        Assert.Equal(("dev:log", AlertSeverity.Log, false), (route.Name, route.Severity, route.Tells));
        Assert.Equal("The branch dev takes env=\"dev\" and is treated as log.", route.Why);
    }

    [Fact]
    public void Take_LabelsThatABranchSets_AreSeenBelowIt()
    {
        var route = Tree(Branch("a", "cluster=eu", Branch("data", "tier=data")) with { Sets = AlertLabels.Of(("tier", "data")), GroupBy = ["tier"] }).Take(Facts(labels: ("cluster", "eu")), out _);
        Assert.Equal("a/data:page", route.Name);
        Assert.Equal("a/data:page{tier=\"data\"}", route.GroupKey(Facts(labels: ("cluster", "eu"))));
    }

    [Fact]
    public void GroupBy_ThreeDots_EachAlertIsAGroupOfItsOwn()
    {
        var route = Tree(Branch("all", "") with { GroupBy = ["..."] }).Take(Facts(labels: [("a", "1"), ("b", "2")]), out _);
        Assert.Equal("all:page{a=\"1\",b=\"2\"}", route.GroupKey(Facts(labels: [("a", "1"), ("b", "2")])));
    }

    [Fact]
    public void Continue_TwoBranches_TellInTwoThreads_AndBothHearTheEnd()
    {
        var rig = new PipelineRig { Routes = Tree(Branch("audit", "") with { Continue = true, Escalation = "audit" }, Branch("checkout", "service=checkout") with { Escalation = "checkout" }) };
        rig.Report(Incoming());
        Assert.Equal(["audit", "checkout"], rig.Due.Select(d => d.Escalation).Order(StringComparer.Ordinal));
        Assert.Equal(2, rig.Due.Select(d => d.Thread).Distinct().Count());
        rig.Advance(Duration.FromMinutes(5));
        rig.Restart();
        rig.End(Incoming());
        rig.Advance(Duration.FromMinutes(5));
        Assert.Equal(2, rig.Due.Count(d => d.Cause == NotificationCause.Resolved && d.Ends));
        Assert.Empty(rig.Book.Groups);
    }

    [Fact]
    public void Named_BranchThatIsGone_IsAsLoudAsItWas_AndAnUnknownOneIsAPage()
    {
        Assert.Equal(["ticket", "page", "page"], new[] { "gone:ticket", "gone:page", "whatever" }.Select(n => RouteTable.Shipped.Named(n).Name));
    }

    [Fact]
    public void Reroute_SamePolicy_GoesOnInItsThreadWithoutAnotherPage()
    {
        var rig = new PipelineRig();
        rig.Report(Incoming());
        rig.Advance(Duration.FromMinutes(5));
        rig.Route(Tree(Branch("checkout", "service=checkout")));
        rig.Advance(Duration.FromMinutes(5));
        Assert.Single(rig.Due);
        rig.End(Incoming());
        rig.Advance(Duration.FromMinutes(5));
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved], rig.Due.Select(d => d.Cause));
        Assert.Single(rig.Due.Select(d => d.Thread).Distinct());
        Assert.True(rig.Due.Last().Ends);
        Assert.Empty(rig.Book.Groups);
    }

    [Fact]
    public void Reroute_AnotherPolicy_EndsTheOldThreadAndPagesTheNewPeople()
    {
        var rig = new PipelineRig();
        rig.Report(Incoming());
        rig.Advance(Duration.FromMinutes(5));
        rig.Route(Tree(Branch("checkout", "service=checkout") with { Escalation = "checkout-primary" }));
        rig.Advance(Duration.FromMinutes(5));
        Assert.Equal(3, rig.Due.Count());
        Assert.Contains(rig.Due, d => d is { Cause: NotificationCause.First, Escalation: "checkout-primary" });
        Assert.Contains(rig.Due, d => d is { Cause: NotificationCause.Resolved, Ends: true, Escalation: "" });
        Assert.Single(rig.Book.Groups);
        Assert.Contains(rig.Book.All.Values.Single().Trail, v => v.Reason == "The routing tree was changed. The branch checkout takes service=\"checkout\".");
    }

    [Fact]
    public void Reroute_NothingChangesForIt_WritesNothing()
    {
        var rig = new PipelineRig();
        rig.Report(Incoming());
        var before = rig.Log.Count;
        rig.Route(Tree(Branch("payments", "service=payments")));
        Assert.Equal(before, rig.Log.Count);
    }

    [Fact]
    public void Repeat_OfAWeek_IsSaidAfterAWeek()
    {
        // prometheus/alertmanager#1806: there, retention of notifications caps the repeat at five days.
        var rig = new PipelineRig { Routes = Tree(Branch("slow", "") with { Repeat = Duration.FromDays(7) }) };
        rig.Report(Incoming());
        rig.Advance(Duration.FromDays(22));
        Assert.Equal([NotificationCause.First, NotificationCause.Repeat, NotificationCause.Repeat, NotificationCause.Repeat], rig.Due.Select(d => d.Cause));
        Assert.Equal(Duration.FromDays(7), rig.Log.Where(l => l.Event is NotificationDue).Skip(1).First().At - Instant.FromUtc(2026, 11, 21, 3, 0));
    }

    [Fact]
    public void End_Repeatedly_ByTheSender_IsToldOnce()
    {
        // prometheus/alertmanager#4008: duplicates after a resolve, which Prometheus repeats for 15 minutes.
        var rig = new PipelineRig();
        rig.Report(Incoming());
        for (var i = 0; i < 15; i++)
        {
            rig.Advance(Duration.FromMinutes(1));
            rig.End(Incoming());
            rig.Restart();
        }

        rig.Advance(Duration.FromHours(6));
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved], rig.Due.Select(d => d.Cause));
    }

    [Fact]
    public void End_WithinTheInterval_AndARestart_IsStillTold()
    {
        // prometheus/alertmanager#2060, #2398: resolves that nobody hears.
        var rig = new PipelineRig();
        rig.Report(Incoming());
        rig.Advance(Duration.FromSeconds(5));
        rig.End(Incoming());
        rig.Restart();
        rig.Advance(Duration.FromMinutes(2));
        Assert.Equal([NotificationCause.First, NotificationCause.Resolved], rig.Due.Select(d => d.Cause));
    }

    [Fact]
    public void Findings_ATreeOfMistakes_SaysEachOfThem()
    {
        var spec = new RoutingSpec
        {
            Branches =
            [
                Branch("all-db", "component=~db.*"), Branch("db1", "component=db1"), Branch("never", "a=1 a=2"),
                Branch("quiet", "x=1") with { Mute = ["always"], Escalation = "nobody", Service = "ghost" },
                Branch("up", "env=prod", Branch("down", "env=dev")),
            ],
            Intervals = new Dictionary<string, IReadOnlyList<TimeInterval>> { ["always"] = [new()] },
            Inhibit = [new("wide", [Matcher.Parse("a=1").Value], [], [])],
        };
        Assert.Equal(
            [
                "spec.branches[1]: The branch db1 can never take an alert: all-db, before it, takes all of them.",
                "spec.branches[2].match: The branch never can never take an alert: a=\"1\" and a=\"2\" exclude each other.",
                "spec.branches[3].escalation: There is no escalation policy \"nobody\": alerts of quiet follow the service's own.",
                "spec.branches[3].service: There is no service \"ghost\" in the catalog.",
                "spec.branches[3].mute: The branch quiet is always muted: nobody is ever told of its alerts.",
                "spec.branches[4].branches[0].match: The branch up/down can never take an alert: env=\"prod\" and env=\"dev\" exclude each other.",
                "spec.inhibit[0]: The inhibition wide holds back every alert while one source fires.",
            ],
            RouteFindings.Of(spec, _ => false, _ => false).Select(f => $"{f.Path}: {f.What}"));
    }
}
