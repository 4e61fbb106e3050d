using Nines.Host.Demo;
using Xunit;

namespace Nines.Tests.Unit.Host.Demo;

public class RequestMetricsTests
{
    [Fact]
    public void Render_TwoRequests_IsThePrometheusTextFormat()
    {
        var metrics = new RequestMetrics(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500));
        metrics.Observe("/charge", 200, TimeSpan.FromMilliseconds(20));
        metrics.Observe("/charge", 503, TimeSpan.FromSeconds(7));

        Assert.Equal(
            """
            # HELP http_requests_total Requests answered.
            # TYPE http_requests_total counter
            http_requests_total{route="/charge",code="200"} 1
            http_requests_total{route="/charge",code="503"} 1
            # HELP http_request_duration_seconds Time to answer.
            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{route="/charge",le="0.005"} 0
            http_request_duration_seconds_bucket{route="/charge",le="0.01"} 0
            http_request_duration_seconds_bucket{route="/charge",le="0.025"} 1
            http_request_duration_seconds_bucket{route="/charge",le="0.05"} 1
            http_request_duration_seconds_bucket{route="/charge",le="0.1"} 1
            http_request_duration_seconds_bucket{route="/charge",le="0.25"} 1
            http_request_duration_seconds_bucket{route="/charge",le="0.5"} 1
            http_request_duration_seconds_bucket{route="/charge",le="1"} 1
            http_request_duration_seconds_bucket{route="/charge",le="2.5"} 1
            http_request_duration_seconds_bucket{route="/charge",le="5"} 1
            http_request_duration_seconds_bucket{route="/charge",le="+Inf"} 2
            http_request_duration_seconds_sum{route="/charge"} 7.02
            http_request_duration_seconds_count{route="/charge"} 2
            # HELP process_start_time_seconds Start of the process since 1970.
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1700000000.5

            """,
            metrics.Render());
    }

    [Fact]
    public void Sums_CodesBelow500_AreGood()
    {
        var metrics = new RequestMetrics(DateTimeOffset.UnixEpoch);
        foreach (var code in new[] { 200, 404, 500, 503 }) metrics.Observe("/a", code, TimeSpan.Zero);

        Assert.Equal(new RequestSums(2, 4), metrics.Sums());
    }
}
