namespace Nines.Measuring.Sources;

/// <summary>A shipped way to measure a service from metrics that are there already.</summary>
/// <param name="Name">Last part of the objective's name.</param>
/// <param name="Metrics">Metric names in the order of preference; <c>*</c> at the beginning stands for any prefix.</param>
/// <param name="StatusLabels">Labels of which one tells good from bad; empty where none is needed.</param>
/// <param name="Bad">Regular expression of the bad values of that label.</param>
/// <param name="Target">The objective that is proposed.</param>
/// <param name="Words">What is measured, as a sentence.</param>
internal sealed record SliTemplate(string Name, IReadOnlyList<string> Metrics, IReadOnlyList<string> StatusLabels, string Bad, double Target, string Words)
{
    /// <summary>Seconds (or milliseconds) in which a request shall be answered; null where latency is not measured.</summary>
    public double? LatencySeconds { get; init; }

    /// <summary>True where the metric is a gauge of 0 and 1, read as a ratio.</summary>
    public bool Raw { get; init; }
}

/// <summary>The shipped templates. Latency targets and availability figures are starting points that a team changes.</summary>
internal static class SliTemplates
{
    private static readonly string[] HttpStatus =
    [
        "code", "status", "status_code", "http_status_code", "http_response_status_code", "response_code", "http_status", "statusCode", "envoy_response_code",
    ];

    /// <summary>In the order in which they are tried.</summary>
    public static IReadOnlyList<SliTemplate> All { get; } =
    [
        new("availability",
            ["http_requests_total", "http_server_requests_total", "*_http_requests_total", "nginx_ingress_controller_requests", "traefik_service_requests_total", "istio_requests_total",
             "http_server_request_duration_seconds_count", "http_server_requests_seconds_count", "http_request_duration_seconds_count", "*_http_request_duration_seconds_count", "*_requests_total"],
            HttpStatus, "5..", 0.999, "Requests that are not answered with a server error."),
        new("grpc-availability",
            ["grpc_server_handled_total"],
            ["grpc_code"], "Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss|Unimplemented", 0.999, "Calls that do not end with an error of the server."),
        new("latency",
            ["http_server_request_duration_seconds_bucket", "http_server_requests_seconds_bucket", "http_request_duration_seconds_bucket", "*_http_request_duration_seconds_bucket",
             "nginx_ingress_controller_request_duration_seconds_bucket", "grpc_server_handling_seconds_bucket", "*_request_duration_seconds_bucket"],
            [], "", 0.99, "Requests that are answered in time.") { LatencySeconds = 0.3 },
        new("probe",
            ["probe_success"],
            [], "", 0.999, "Probes from outside that succeed.") { Raw = true },
    ];

    /// <summary>Labels that name the service, in the order of preference.</summary>
    public static IReadOnlyList<string> ServiceLabels { get; } = ["service", "service_name", "app", "app_kubernetes_io_name", "job"];

    /// <summary>Every label that a proposal looks at.</summary>
    public static IReadOnlyList<string> Looked { get; } = [.. ServiceLabels, .. HttpStatus, "grpc_code", "le", "instance"];

    /// <summary>The template's rank of a metric name, lower is better; null where it does not fit.</summary>
    public static int? RankOf(SliTemplate template, string metric)
    {
        for (var i = 0; i < template.Metrics.Count; i++)
        {
            var wanted = template.Metrics[i];
            if (wanted[0] == '*' ? metric.EndsWith(wanted[1..], StringComparison.Ordinal) : metric == wanted) return i;
        }

        return null;
    }
}
