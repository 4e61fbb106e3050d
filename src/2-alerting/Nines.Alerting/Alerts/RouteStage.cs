using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Second stage: the first route that fits takes the alert.</summary>
public static class RouteStage
{
    /// <summary>Chooses the route.</summary>
    public static (Route Route, Verdict Verdict) Judge(RouteTable routes, AlertSeverity severity, Instant now)
    {
        var route = routes.All.FirstOrDefault(r => r.Severity == severity) ?? routes.All[^1];
        return (route, new(now, Stage.Route, route.Name, $"The route {route.Name} takes alerts of severity {severity.Word()}."));
    }
}
