using Microsoft.AspNetCore.Http;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>
/// Traces and logs: an exporter of all three signals finds its addresses, learns that only metrics are measured from,
/// and does not try again (OTLP 1.x: 501 is no status to retry; gRPC's Unimplemented neither).
/// </summary>
internal static class OtlpOthers
{
    private const int Unimplemented = 12;

    /// <summary>The calls of the two other signals over gRPC.</summary>
    public static IReadOnlyList<(string Path, string Signal)> Calls { get; } =
    [
        ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "traces"),
        ("/opentelemetry.proto.collector.logs.v1.LogsService/Export", "logs"),
    ];

    /// <summary>The answer over HTTP, in the form of the request.</summary>
    public static Task RefuseAsync(HttpContext http, string signal) =>
        OtlpHttp.FailAsync(http, StatusCodes.Status501NotImplemented, Unimplemented, Sentence(signal));

    /// <summary>The answer over gRPC: trailers only.</summary>
    public static Task RefuseCallAsync(HttpContext http, string signal)
    {
        if (!http.Response.SupportsTrailers()) return OtlpHttp.FailAsync(http, StatusCodes.Status415UnsupportedMediaType, Unimplemented, "this address takes gRPC over HTTP/2 only");
        http.Response.ContentType = "application/grpc";
        OtlpGrpc.End(http, Unimplemented, Sentence(signal));
        return Task.CompletedTask;
    }

    private static string Sentence(string signal) =>
        $"Nines measures from metrics and takes no {signal}. Turn that exporter off (OTEL_{signal.ToUpperInvariant()}_EXPORTER=none), or send {signal} elsewhere.";
}
