namespace Nines.Measuring.Sources;

/// <summary>The conventions of naming that are known, as data. Exclusions follow semantics 12: they are conditions of the selector.</summary>
internal static class MetricWorlds
{
    // Whole values, so that /readings or /livestream stay what they are: traffic of users.
    private const string HealthPaths = "/healthz?(/.*)?|/readyz?(/.*)?|/livez?(/.*)?|/metrics|/-/(healthy|ready)|/actuator(/.*)?";
    private const string HealthChecks = "health checks", Synthetic = "synthetic traffic";

    // Those of the sixteen gRPC codes that are the server's fault; the others are the caller's, as 4xx of HTTP (google.rpc.Code).
    private const string GrpcBad = "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss";
    private const string GrpcClient = "Canceled|InvalidArgument|NotFound|AlreadyExists|PermissionDenied|ResourceExhausted|FailedPrecondition|Aborted|OutOfRange|Unauthenticated";

    /// <summary>Labels that carry a status of HTTP.</summary>
    public static IReadOnlyList<OutcomeLabel> HttpOutcomes { get; } =
    [
        .. new[] { "code", "status", "status_code", "http_response_status_code", "http_status_code", "response_code", "http_status", "statusCode", "envoy_response_code" }
            .Select(label => new OutcomeLabel(label, "5..", "4..")),
    ];

    private static OutcomeLabel[] ClassOutcomes(string label, string suffix) => [new(label, "5" + suffix, "4" + suffix)];

    /// <summary>Health checks and synthetic traffic, by the labels that carry them.</summary>
    public static IReadOnlyList<LabelCondition> HttpConditions { get; } =
    [
        .. new[] { "path", "handler", "route", "http_route", "uri", "url", "endpoint", "http_target", "url_path" }.Select(label => new LabelCondition(label, "!~", HealthPaths, HealthChecks)),
        new("synthetic", "!~", "true|1|yes", Synthetic),
        new("user_agent_synthetic_type", "!~", "bot|test", Synthetic),
    ];

    /// <summary>Labels that name the service, in the order of preference.</summary>
    public static IReadOnlyList<string> ServiceLabels { get; } = ["service", "service_name", "app", "app_kubernetes_io_name", "job"];

    /// <summary>HTTP: what software says of itself first, then what stands before it.</summary>
    public static IReadOnlyList<MetricWorld> Http { get; } =
    [
        new("Prometheus client libraries",
            ["http_requests_total", "http_server_requests_total", "*_http_requests_total"],
            ["http_request_duration_seconds_bucket"]),
        new("OpenTelemetry", ["http_server_request_duration_seconds_count"], ["http_server_request_duration_seconds_bucket"]) { ServiceLabels = ["service_name"] },
        new("OpenTelemetry before 1.23", ["http_server_duration_milliseconds_count"], ["http_server_duration_milliseconds_bucket"]) { ServiceLabels = ["service_name"], Milliseconds = true },
        new("Micrometer", ["http_server_requests_seconds_count"], ["http_server_requests_seconds_bucket"]) { ServiceLabels = ["application"] },
        // Both ends of a call report it; where the receiver does not, neither view is picked.
        new("Istio", ["istio_requests_total"], ["istio_request_duration_milliseconds_bucket"])
        {
            ServiceLabels = ["destination_canonical_service", "destination_service_name", "destination_workload"],
            Conditions = [new("reporter", "=", "destination")],
            Milliseconds = true,
        },
        new("Linkerd", ["response_total"], ["response_latency_ms_bucket"])
        {
            ServiceLabels = ["deployment", "statefulset"],
            Outcomes = [.. HttpOutcomes, new("classification", "failure", "")],
            Conditions = [new("direction", "=", "inbound")],
            Milliseconds = true,
        },
        new("ingress-nginx", ["nginx_ingress_controller_requests"], ["nginx_ingress_controller_request_duration_seconds_bucket"]) { ServiceLabels = ["exported_service", "service", "ingress"] },
        new("Traefik", ["traefik_service_requests_total"], ["traefik_service_request_duration_seconds_bucket"]) { ServiceLabels = ["exported_service", "service"] },
        new("Envoy", ["envoy_cluster_upstream_rq_xx", "envoy_cluster_upstream_rq"], ["envoy_cluster_upstream_rq_time_bucket"])
        {
            ServiceLabels = ["envoy_cluster_name", "cluster_name"],
            Outcomes = [.. ClassOutcomes("envoy_response_code_class", ""), .. HttpOutcomes],
            Milliseconds = true,
        },
        new("HAProxy", ["haproxy_backend_http_responses_total"], []) { ServiceLabels = ["proxy", "backend"], Outcomes = ClassOutcomes("code", "xx"), Conditions = [] },
        // A watch is meant to last: https://kubernetes.io/docs/reference/instrumentation/slis
        new("Kubernetes API server", ["apiserver_request_total"], ["apiserver_request_sli_duration_seconds_bucket", "apiserver_request_duration_seconds_bucket"])
        {
            Conditions = [new("verb", "!~", "WATCH|CONNECT", "watches")],
        },
        new("any other", ["http_request_duration_seconds_count", "*_http_request_duration_seconds_count", "*_requests_total"], ["*_http_request_duration_seconds_bucket", "*_request_duration_seconds_bucket"]),
    ];

    /// <summary>gRPC; its health service and its reflection are no calls of users.</summary>
    public static IReadOnlyList<MetricWorld> Grpc { get; } =
    [
        new("gRPC middleware", ["grpc_server_handled_total"], ["grpc_server_handling_seconds_bucket"])
        {
            Outcomes = [new("grpc_code", GrpcBad, GrpcClient)],
            // A stream lasts as long as its caller wants.
            Conditions = [new("grpc_service", "!~", "grpc[.](health|reflection)[.].*", HealthChecks)],
        },
        new("OpenTelemetry", ["rpc_server_duration_milliseconds_count"], ["rpc_server_duration_milliseconds_bucket"])
        {
            ServiceLabels = ["service_name"],
            Outcomes = [new("rpc_grpc_status_code", "2|4|12|13|14|15", "1|3|5|6|7|8|9|10|11|16")],
            Conditions = [new("rpc_service", "!~", "grpc[.](health|reflection)[.].*", HealthChecks)],
            Milliseconds = true,
        },
    ];

    /// <summary>Prometheus' blackbox exporter.</summary>
    public static MetricWorld Blackbox { get; } = new("blackbox exporter", ["probe_success"], []) { Conditions = [] };

    /// <summary>Anything counted that says how it ended.</summary>
    public static MetricWorld Events { get; } = new("events", ["*_total", "*_count"], [])
    {
        Outcomes =
        [
            .. HttpOutcomes, new("grpc_code", GrpcBad, GrpcClient),
            new("outcome", "error|failure|SERVER_ERROR", "CLIENT_ERROR"), new("result", "error|failure|failed", ""), new("success", "false", ""),
        ],
    };

    /// <summary>Any histogram of a duration.</summary>
    public static MetricWorld AnyHistogram { get; } = new("histograms", [], ["*_seconds_bucket"]);

    /// <summary>False for what a process sends to others, and for the page that says how often the metrics page was read: neither is its service.</summary>
    public static bool IsIncoming(string metric) =>
        !metric.Contains("client", StringComparison.Ordinal) && !metric.StartsWith("promhttp_", StringComparison.Ordinal) && !metric.StartsWith("prometheus_remote_", StringComparison.Ordinal);
}
