using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Second stage: the first branch of the tree that fits takes the alert; those behind it only where it continues.</summary>
public static class RouteStage
{
    /// <summary>Chooses the route; and further ones, seldom.</summary>
    public static (Route Route, IReadOnlyList<Route> Also, Verdict Verdict) Judge(RouteTable routes, in RouteFacts facts, Instant now)
    {
        var route = routes.Take(facts, out var also);
        return (route, also, Say(route, now));
    }

    /// <summary>Why an alert went there.</summary>
    public static Verdict Say(Route route, Instant now) => new(now, Stage.Route, route.Name, route.Why);
}
