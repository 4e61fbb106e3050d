using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class RouteTrialTests
{
    private static RouteBranch Branch(string name, string match, params RouteBranch[] below) =>
        new() { Name = name, Match = match.Length == 0 ? [] : [Matcher.Parse(match).Value], Branches = below };

    private static readonly RouteTable Tree = RouteTable.Shipped.With(new()
    {
        Branches = [Branch("search", "service=search"), Branch("shop", "service=~checkout|cart", Branch("carts", "service=cart"), Branch("latency", "objective=latency")), Branch("rest", "")],
    });

    [Fact]
    public void Try_SaysWhatEveryBranchSaid()
    {
        var answer = RouteTrial.Try(Incoming("latency"), AlertBook.None, SilenceBook.None, Tree, Nines.Tests.Unit.Alerting.Alerts.RouteTrialTests.Now);
        Assert.Equal(
            [
                "search refuses: service=\"search\" does not fit: service is \"checkout\".",
                "shop fits: All of its matchers fit: service=~\"checkout|cart\". A branch below takes it.",
                "shop/carts refuses: service=\"cart\" does not fit: service is \"checkout\".",
                "shop/latency takes: All of its matchers fit: objective=\"latency\".",
                "rest not asked: shop took the alert and does not continue.",
            ],
            answer.Steps.Select(s => $"{s.Branch} {s.Outcome}: {s.Reason}"));
        var route = Assert.Single(answer.Routes);
        Assert.Equal(("shop/latency:page", true), (route.Route, route.Told));
        Assert.Equal(["severity=\"page\" counts as page.", "service names its service: checkout."], answer.Found);
    }

    [Fact]
    public void Try_AndReality_SayTheSame()
    {
        // openobserve/openobserve#13904: the tester said yes, and no real alert ever matched.
        foreach (var alert in new[] { Incoming("a"), Incoming("latency"), Incoming("a", service: "cart"), Incoming("a", AlertSeverity.Log, "x"), Incoming("b", AlertSeverity.Ticket, "") })
        {
            var rig = new PipelineRig { Routes = Tree };
            var said = RouteTrial.Try(alert, rig.Book, rig.Silences, rig.Routes, rig.Now).Routes.Single();
            rig.Report(alert);
            var real = rig.Book.All.Values.Single();
            Assert.Equal((said.Route, said.Group, said.Told), (real.Route, real.Group, rig.Due.Any()));
            Assert.Equal(said.Trail.Select(v => v.Reason), real.Trail.Select(v => v.Reason));
        }
    }

    private static NodaTime.Instant Now => NodaTime.Instant.FromUtc(2026, 11, 21, 3, 0);
}
