using Nines.Measuring.Sources;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Sources;

public sealed class ProposalsTests
{
    [Fact]
    public void From_RequestCounter_ProposesAvailabilityByServiceAndStatusLabel()
    {
        var proposals = Proposals.From([Seen("http_requests_total", "job=shop code=200", "job=shop code=500", "job=a/B status=200", "instance=x")]);

        Assert.Equal(
            [
                ("a-b-availability", "a-b", "http_requests_total{job=\"a/B\",status!~\"5..\"}", "http_requests_total{job=\"a/B\"}", 0.999),
                ("shop-availability", "shop", "http_requests_total{job=\"shop\",code!~\"5..\"}", "http_requests_total{job=\"shop\"}", 0.999),
            ],
            proposals.Select(one => (one.Name, one.Service, one.Good, one.Total, one.Target)));
    }

    [Fact]
    public void From_SeveralMetrics_TakesTheOneThatTheTemplatePrefers()
    {
        var proposals = Proposals.From(
            [Seen("my_requests_total", "job=shop code=200"), Seen("http_server_request_duration_seconds_count", "job=shop http_response_status_code=200"), Seen("my_requests_total", "job=other status=1")]);

        Assert.Equal(["my_requests_total{job=\"other\"}", "http_server_request_duration_seconds_count{job=\"shop\"}"], proposals.Select(one => one.Total));
    }

    [Theory]
    [InlineData("le=0.1|le=0.25|le=0.5|le=+Inf", "0.5")]
    [InlineData("le=0.3|le=1.0", "0.3")]
    [InlineData("le=0.1|le=0.2", "0.2")]
    public void From_Buckets_TakesTheSmallestBoundThatIsLongEnough(string bounds, string expected)
    {
        var proposal = Assert.Single(Proposals.From([Seen("http_request_duration_seconds_bucket", [.. bounds.Split('|').Select(bound => "job=shop " + bound)])]));

        Assert.Equal($"http_request_duration_seconds_bucket{{job=\"shop\",le=\"{expected}\"}}", proposal.Good);
        Assert.Equal("http_request_duration_seconds_count{job=\"shop\"}", proposal.Total);
        Assert.Equal(("shop-latency", $"Requests that are answered within {expected} s."), (proposal.Name, proposal.Words));
    }

    [Fact]
    public void From_MetricsThatDoNotFit_ProposesNothing() =>
        Assert.Empty(Proposals.From([Seen("http_requests_total", "job=shop"), Seen("go_goroutines", "job=shop"), Seen("http_request_duration_seconds_bucket", "job=shop le=+Inf")]));

    [Fact]
    public void Files_Proposals_AreOneFileAServiceWithEverythingQuoted()
    {
        var files = ProposalText.Files("prom", new Uri("http://127.0.0.1:9090"), Proposals.From([Seen("probe_success", "job=it's"), Seen("grpc_server_handled_total", "job=it's grpc_code=OK")]));

        Assert.Equal(["prom.yaml", "service-it-s.yaml"], files.Select(file => file.Name));
        Assert.Contains("spec: { query: 'grpc_server_handled_total{job=\"it''s\",grpc_code!~\"Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss|Unimplemented\"}' }", files[1].Text, StringComparison.Ordinal);
        Assert.Contains("rawType: success", files[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', files[1].Text);
    }

    private static SeenMetric Seen(string name, params string[] groups) => new(name,
        [.. groups.Select(group => (IReadOnlyDictionary<string, string>)group.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]))]);
}
