using Nines.Kernel;
using Nines.Shell;

namespace Nines.Host;

/// <summary>Maps every room's routes and the few that belong to the house itself.</summary>
internal static class HostRoutes
{
    public static void Map(WebApplication app, IReadOnlyList<Registration> rooms)
    {
        app.UseMiddleware<FailureAnswers>();
        app.UseMiddleware<PositionHeader>();
        app.MapGet("/-/healthy", () => Results.Text("alive\n")).WithMetadata(Permission.Nothing);
        app.MapGet("/-/ready", (HostReadiness readiness) => readiness.Ready
            ? Results.Text("ready\n")
            : Results.Text("starting\n", statusCode: StatusCodes.Status503ServiceUnavailable)).WithMetadata(Permission.Nothing);
        app.MapGet("/metrics", (OwnMetrics metrics) => Results.Text(metrics.Page(), "text/plain; version=0.0.4; charset=utf-8")).WithMetadata(Permission.Read("house"));
        app.MapPost("/api/v1/backup", BackupRoute.WriteAsync).WithMetadata(Permission.Read("backups"));
        app.MapOpenApi("/openapi.json").WithMetadata(Permission.Nothing);
        foreach (var route in rooms.SelectMany(r => r.Routes))
        {
            var mapped = app.MapMethods(route.Pattern, [route.Method], route.Handler).WithMetadata(route.Permission).WithTags(route.Room);
            route.More?.Invoke(mapped);
        }
    }
}
