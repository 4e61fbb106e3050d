using Nines.Measuring.Sources;
using Nines.Measuring.Sources.Api;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Sources;

public sealed class ProposalsTests
{
    private const string Health = "/healthz?(/.*)?|/readyz?(/.*)?|/livez?(/.*)?|/metrics|/-/(healthy|ready)|/actuator(/.*)?";

    [Fact]
    public void From_RequestCounter_ProposesAvailabilityByServiceAndStatusLabel()
    {
        var proposals = Proposals.From([Seen("http_requests_total", "job=shop code=200", "job=shop code=500", "job=a/B status=200", "instance=x")]);

        Assert.Equal(
            [
                ("a-b-availability", "a-b", "http_requests_total{job=\"a/B\",status!~\"[45]..\"}", "http_requests_total{job=\"a/B\",status!~\"4..\"}", 0.999),
                ("shop-availability", "shop", "http_requests_total{job=\"shop\",code!~\"[45]..\"}", "http_requests_total{job=\"shop\",code!~\"4..\"}", 0.999),
            ],
            proposals.Select(one => (one.Name, one.Service, one.Good, one.Total, one.Target)));
        Assert.Equal("Requests answered without a server error; left out: mistakes of the caller.", proposals[0].Words);
    }

    // Every convention by name: availability from its counter, with what it leaves out.
    [Theory]
    [InlineData("http_requests_total", "service=web status_code=200", "web-availability", "http_requests_total{service=\"web\",status_code!~\"[45]..\"}")]
    [InlineData("shop_http_requests_total", "app=web code=200", "web-availability", "shop_http_requests_total{app=\"web\",code!~\"[45]..\"}")]
    [InlineData("http_server_request_duration_seconds_count", "service_name=web http_response_status_code=200", "web-availability", "http_server_request_duration_seconds_count{service_name=\"web\",http_response_status_code!~\"[45]..\"}")]
    [InlineData("http_server_duration_milliseconds_count", "job=ns/web http_status_code=200", "ns-web-availability", "http_server_duration_milliseconds_count{job=\"ns/web\",http_status_code!~\"[45]..\"}")]
    [InlineData("http_server_requests_seconds_count", "application=web status=200", "web-availability", "http_server_requests_seconds_count{application=\"web\",status!~\"[45]..\"}")]
    [InlineData("istio_requests_total", "job=mesh destination_service_name=web reporter=destination response_code=200", "web-availability", "istio_requests_total{destination_service_name=\"web\",reporter=\"destination\",response_code!~\"[45]..\"}")]
    [InlineData("istio_requests_total", "job=mesh destination_service_name=web reporter=source response_code=200", "web-availability", "istio_requests_total{destination_service_name=\"web\",response_code!~\"[45]..\"}")]
    [InlineData("response_total", "deployment=web direction=inbound classification=success", "web-availability", "response_total{deployment=\"web\",direction=\"inbound\",classification!~\"failure\"}")]
    [InlineData("nginx_ingress_controller_requests", "job=ingress service=metrics exported_service=web status=200", "web-availability", "nginx_ingress_controller_requests{exported_service=\"web\",status!~\"[45]..\"}")]
    [InlineData("traefik_service_requests_total", "job=traefik service=web@docker code=200", "web-docker-availability", "traefik_service_requests_total{service=\"web@docker\",code!~\"[45]..\"}")]
    [InlineData("envoy_cluster_upstream_rq_xx", "job=envoy envoy_cluster_name=web envoy_response_code_class=2", "web-availability", "envoy_cluster_upstream_rq_xx{envoy_cluster_name=\"web\",envoy_response_code_class!~\"4|5\"}")]
    [InlineData("haproxy_backend_http_responses_total", "proxy=web code=2xx", "web-availability", "haproxy_backend_http_responses_total{proxy=\"web\",code!~\"4xx|5xx\"}")]
    [InlineData("apiserver_request_total", "job=apiserver code=200", "apiserver-availability", "apiserver_request_total{job=\"apiserver\",verb!~\"WATCH|CONNECT\",code!~\"[45]..\"}")]
    [InlineData("http_request_duration_seconds_count", "job=web code=200", "web-availability", "http_request_duration_seconds_count{job=\"web\",code!~\"[45]..\"}")]
    [InlineData("rpc_server_duration_milliseconds_count", "job=web rpc_grpc_status_code=0", "web-grpc-availability", "rpc_server_duration_milliseconds_count{job=\"web\",rpc_grpc_status_code!~\"1|3|5|6|7|8|9|10|11|16|2|4|12|13|14|15\"}")]
    [InlineData("probe_success", "job=blackbox", "blackbox-probe", "avg(probe_success{job=\"blackbox\"})")]
    public void From_EachConvention_ProposesAvailability(string metric, string group, string name, string good)
    {
        var proposal = Assert.Single(Proposals.From([new SeenMetric(metric, [Row(group)], new HashSet<string>([.. Row(group).Keys, "verb"]))]));

        Assert.Equal((name, good), (proposal.Name, proposal.Good));
    }

    [Theory]
    [InlineData("http_request_duration_seconds_bucket", "job=web", "http_request_duration_seconds", "0.5", "1")]
    [InlineData("http_server_request_duration_seconds_bucket", "job=web", "http_server_request_duration_seconds", "0.5", "1")]
    [InlineData("http_server_requests_seconds_bucket", "job=web", "http_server_requests_seconds", "0.5", "1.0")]
    [InlineData("nginx_ingress_controller_request_duration_seconds_bucket", "service=web", "nginx_ingress_controller_request_duration_seconds", "0.5", "1")]
    [InlineData("traefik_service_request_duration_seconds_bucket", "service=web", "traefik_service_request_duration_seconds", "0.5", "1")]
    [InlineData("apiserver_request_sli_duration_seconds_bucket", "job=web", "apiserver_request_sli_duration_seconds", "0.5", "1")]
    [InlineData("istio_request_duration_milliseconds_bucket", "destination_workload=web", "istio_request_duration_milliseconds", "500", "1000")]
    [InlineData("envoy_cluster_upstream_rq_time_bucket", "envoy_cluster_name=web", "envoy_cluster_upstream_rq_time", "500", "1000")]
    [InlineData("response_latency_ms_bucket", "deployment=web", "response_latency_ms", "500", "1000")]
    [InlineData("http_server_duration_milliseconds_bucket", "job=web", "http_server_duration_milliseconds", "500", "1000")]
    public void From_EachHistogram_ProposesP95AndP99(string metric, string scope, string stem, string half, string whole)
    {
        var proposals = Proposals.From([Seen(metric, $"{scope} le=0.1", $"{scope} le={half}", $"{scope} le={whole}", $"{scope} le=+Inf")]);

        var picked = scope.Replace("=", "=\"", StringComparison.Ordinal) + "\"";
        Assert.Equal(
            [
                ("web-latency-p95", 0.95, $"{stem}_bucket{{{picked},le=\"{half}\"}}", $"{stem}_count{{{picked}}}", "Requests answered within 0.5 s."),
                ("web-latency-p99", 0.99, $"{stem}_bucket{{{picked},le=\"{whole}\"}}", $"{stem}_count{{{picked}}}", "Requests answered within 1 s."),
            ],
            proposals.Select(one => (one.Name, one.Target, one.Good, one.Total, one.Words)));
    }

    [Fact]
    public void From_GrpcCalls_LeavesOutHealthChecksAndMistakesOfTheCaller()
    {
        var proposal = Assert.Single(Proposals.From([Seen("grpc_server_handled_total", "job=pricing grpc_service=Pricing grpc_code=OK")]));

        Assert.Equal("pricing-grpc-availability", proposal.Name);
        Assert.StartsWith("grpc_server_handled_total{job=\"pricing\",grpc_service!~\"grpc[.](health|reflection)[.].*\",grpc_code!~\"Canceled|", proposal.Total, StringComparison.Ordinal);
        Assert.DoesNotContain("Internal", proposal.Total, StringComparison.Ordinal);
        Assert.Contains("|Unauthenticated|Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss\"}", proposal.Good, StringComparison.Ordinal);
        Assert.Equal("Calls that do not end with an error of the server; left out: mistakes of the caller, health checks.", proposal.Words);
    }

    [Fact]
    public void From_LabelsOfPathAndSyntheticTraffic_AreExclusionsOfGoodAndTotal()
    {
        var proposal = Assert.Single(Proposals.From([Seen("http_requests_total", "job=shop code=200 path=/buy user_agent_synthetic_type=bot")]));

        var left = $"path!~\"{Health}\",user_agent_synthetic_type!~\"bot|test\"";
        Assert.Equal($"http_requests_total{{job=\"shop\",{left},code!~\"4..\"}}", proposal.Total);
        Assert.Equal($"http_requests_total{{job=\"shop\",{left},code!~\"[45]..\"}}", proposal.Good);
        Assert.Equal("Requests answered without a server error; left out: mistakes of the caller, health checks, synthetic traffic.", proposal.Words);
    }

    [Theory]
    [InlineData("/healthz", true)]
    [InlineData("/readyz/ping", true)]
    [InlineData("/metrics", true)]
    [InlineData("/-/ready", true)]
    [InlineData("/actuator/health", true)]
    [InlineData("/healthcare", false)]
    [InlineData("/livestream", false)]
    [InlineData("/readings", false)]
    [InlineData("/metrics-shop", false)]
    public void HealthPaths_OnlyWhatIsNoUser(string path, bool left) =>
        Assert.Equal(left, System.Text.RegularExpressions.Regex.IsMatch(path, $"^(?:{Health})$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Fact]
    public void From_SeveralMetrics_TakesTheOneThatTheTemplatePrefers()
    {
        var proposals = Proposals.From(
            [Seen("my_requests_total", "job=shop code=200"), Seen("http_server_request_duration_seconds_count", "job=shop http_response_status_code=200"), Seen("my_requests_total", "job=other status=1")]);

        Assert.Equal(
            ["my_requests_total{job=\"other\",status!~\"4..\"}", "http_server_request_duration_seconds_count{job=\"shop\",http_response_status_code!~\"4..\"}"],
            proposals.Select(one => one.Total));
    }

    [Theory]
    [InlineData("le=0.1|le=0.25|le=0.4|le=+Inf", "0.4", "Requests answered within 0.4 s (asked is 0.5 s; 0.4 s is its nearest bucket).")]
    [InlineData("le=0.3|le=0.8", "0.8", "Requests answered within 0.8 s (asked is 0.5 s; 0.8 s is its nearest bucket).")]
    [InlineData("le=0.25|le=0.9", "0.9", "Requests answered within 0.9 s (asked is 0.5 s; 0.9 s is its nearest bucket).")]
    public void From_NoBucketAtTheTarget_TakesTheNearestAndSaysSo(string bounds, string expected, string words)
    {
        var proposal = Proposals.From([Seen("http_request_duration_seconds_bucket", [.. bounds.Split('|').Select(bound => "job=shop " + bound)])])[0];

        Assert.Equal($"http_request_duration_seconds_bucket{{job=\"shop\",le=\"{expected}\"}}", proposal.Good);
        Assert.Equal(words, proposal.Words);
    }

    [Fact]
    public void From_BucketsFarFromTheTarget_ProposesNoLatency() =>
        Assert.Empty(Proposals.From([Seen("http_request_duration_seconds_bucket", "job=shop le=0.1", "job=shop le=5", "job=shop le=+Inf")]));

    [Fact]
    public void From_HistogramWithStatus_LeavesFailedRequestsToAvailability()
    {
        var proposal = Proposals.From([Seen("http_request_duration_seconds_bucket", "job=shop le=0.5 code=200")])[0];

        Assert.Equal("http_request_duration_seconds_bucket{job=\"shop\",code!~\"[45]..\",le=\"0.5\"}", proposal.Good);
        Assert.Equal("http_request_duration_seconds_count{job=\"shop\",code!~\"[45]..\"}", proposal.Total);
        Assert.Equal("Requests answered within 0.5 s; left out: failed requests.", proposal.Words);
    }

    [Fact]
    public void From_MetricsThatDoNotFit_ProposesNothing() =>
        Assert.Empty(Proposals.From(
            [
                Seen("http_requests_total", "job=shop"), Seen("go_goroutines", "job=shop"), Seen("http_request_duration_seconds_bucket", "job=shop le=+Inf"),
                Seen("promhttp_metric_handler_requests_total", "job=node code=200"), Seen("rest_client_requests_total", "job=kubelet code=200"),
            ]));

    [Fact]
    public void Files_Proposals_AreOneFileAServiceWithEverythingQuoted()
    {
        var files = ProposalText.Files("prom", "apiVersion: openslo/v1\n", Proposals.From([Seen("probe_success", "job=it's"), Seen("grpc_server_handled_total", "job=it's grpc_code=OK")]));

        Assert.Equal(["prom.yaml", "service-it-s.yaml"], files.Select(file => file.Name));
        Assert.Contains("spec: { query: 'grpc_server_handled_total{job=\"it''s\",grpc_code!~\"Canceled|", files[1].Text, StringComparison.Ordinal);
        Assert.Contains("rawType: success", files[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', files[1].Text);
    }

    [Fact]
    public void DataSource_WithAccess_IsAManifestWithReferencesOnly()
    {
        var asked = new ProposalsAsked(new Uri("https://prom.example.com"), "prom", null, "nines", "env:PROM_PASSWORD", new Dictionary<string, string> { ["X-Scope-OrgID"] = "it's" }, "/etc/ca.pem");

        var set = Manifests.ManifestReading.Read(ProposalText.DataSource("prom", asked));

        Assert.Empty(set.Problems);
        var source = Assert.Single(set.Of<DataSource>());
        Assert.Equal(("nines", "env:PROM_PASSWORD", "it's", "/etc/ca.pem"), (source.Access.Basic!.User, source.Access.Basic.Password.ToString(), source.Access.Headers[0].Value, source.Access.Tls!.CaFile));
    }

    private static SeenMetric Seen(string name, params string[] groups)
    {
        var rows = groups.Select(Row).ToArray();
        return new(name, rows, rows.SelectMany(row => row.Keys).ToHashSet());
    }

    private static IReadOnlyDictionary<string, string> Row(string group) => group.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
}
