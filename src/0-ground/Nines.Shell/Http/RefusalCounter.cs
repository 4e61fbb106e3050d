using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Nines.Shell;

/// <summary>Counts on <c>/metrics</c> what every door refused: by route, method and status, so that the labels stay few whatever is sent.</summary>
public sealed class RefusalCounter(RequestDelegate next, IMeterFactory meters) : IDisposable
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

    private readonly Meter _meter = meters.Create("Nines.Http");
    private Counter<long>? _refused;

    /// <summary>Runs the request, then counts it where it was refused.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // Made with the first request: the page of metrics listens by then.
        _refused ??= _meter.CreateCounter<long>("nines_http_refused_total", description: "Requests that a door refused, by route and status.");
        await next(http);
        if (StatusOf(http) is not { } status) return;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        var method = Methods.Contains(http.Request.Method, StringComparer.Ordinal) ? http.Request.Method : "other";
        _refused.Add(1, new("route", route), new("method", method), new("status", status));
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    // gRPC answers 200 and says what is wrong in its trailers.
    private static string? StatusOf(HttpContext http)
    {
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest) return http.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var code = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers?["grpc-status"].ToString();
        return code is null or "" or "0" ? null : "grpc-" + code;
    }
}
