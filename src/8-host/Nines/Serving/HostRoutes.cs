using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Security;

namespace Nines.Host;

/// <summary>Maps every room's routes and the few that belong to the house itself.</summary>
internal static class HostRoutes
{
    private static readonly string[] Look = ["GET", "HEAD"];

    public static void Map(WebApplication app, IReadOnlyList<Registration> rooms)
    {
        app.UseMiddleware<Doorkeeper>();
        app.UseMiddleware<FailureAnswers>();
        app.UseMiddleware<PositionHeader>();
        app.MapMethods("/-/healthy", Look, () => Results.Text("OK")).WithMetadata(Permission.Nothing);
        app.MapMethods("/-/ready", Look, (HostReadiness readiness) => readiness.Ready
            ? Results.Text("OK")
            : Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable)).WithMetadata(Permission.Nothing);
        app.MapGet("/metrics", (OwnMetrics metrics) => Results.Text(metrics.Page(), "text/plain; version=0.0.4; charset=utf-8")).WithMetadata(Permission.Read("house"));
        // An archive holds people's keys and the hashes of passwords: to look at rooms is not enough to take one along.
        app.MapPost("/api/v1/backup", BackupRoute.WriteAsync).WithMetadata(Permission.Write("backups"));
        app.MapOpenApi("/openapi.json").WithMetadata(Permission.Read("house"));
        foreach (var route in rooms.SelectMany(r => r.Routes))
        {
            var mapped = RouteHandlerServices.Map(app, route.Pattern, route.Handler, [route.Method], RequestDelegateFactory.InferMetadata, CompileWhenCalled).WithMetadata(route.Permission).WithTags(route.Room);
            route.More?.Invoke(mapped);
        }
    }

    /// <summary>A start would else compile two hundred routes, of which most are called late or never: a quarter of its work.</summary>
    private static RequestDelegateResult CompileWhenCalled(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? known)
    {
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, known).RequestDelegate);
        return new(http => compiled.Value(http), known?.EndpointMetadata ?? []);
    }
}
