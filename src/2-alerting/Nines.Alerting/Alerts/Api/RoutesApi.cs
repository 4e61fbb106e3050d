using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alerts.Api;

/// <summary>The routing tree over HTTP, and its tester. Neither changes anything.</summary>
internal static class RoutesApi
{
    /// <summary><c>?label=name=value</c>, once for each label, or <c>?alert=ID</c>.</summary>
    public static IResult Test(HttpRequest request, IHouse house, RouteDesk desk, TimeProvider clock)
    {
        var alert = request.Query["alert"].ToString();
        var answer = alert.Length > 0
            ? desk.TryAlert(house.State, alert, clock.Now())
            : desk.Try(house.State, [.. request.Query["label"].OfType<string>()], clock.Now());
        return answer.ToAnswer();
    }

    public static IResult Show(IHouse house, AlertRoutes routes, RouteDesk desk)
    {
        var table = routes.For(house.State);
        return Results.Json(new { branches = table.Branches.Select(View).ToArray(), otherwise = table.Otherwise, findings = desk.Findings(house.State) }, HouseJson.Options);
    }

    private static object View(RouteNode node) => new
    {
        path = node.Path,
        match = node.Branch.Match.Select(m => m.ToString()).ToArray(),
        @continue = node.Branch.Continue,
        routes = node.Routes,
        branches = node.Branches.Select(View).ToArray(),
    };
}
