using Nines.Measuring.Ingestion.Otlp;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

public sealed class OtlpNamesTests
{
    // Expected names as Prometheus' OTLP endpoint gives them (prometheus/otlptranslator, strategy UnderscoreEscapingWithSuffixes).
    [Theory]
    [InlineData("http.server.request.duration", "s", false, false, "http_server_request_duration_seconds")]
    [InlineData("system.filesystem.usage", "By", false, true, "system_filesystem_usage_bytes")]
    [InlineData("system.io", "foo/bar", false, false, "system_io_foo_per_bar")]
    [InlineData("system.network.io", "By/s", true, false, "system_network_io_bytes_per_second_total")]
    [InlineData("broken.metric.speed.km", "km/h", false, true, "broken_metric_speed_km_per_hour")]
    [InlineData("active.users", "{user}", false, true, "active_users")]
    [InlineData("requests.total.done", "1", true, false, "requests_done_total")]
    [InlineData("memory.usage", "1", false, true, "memory_usage_ratio")]
    [InlineData("requests_seconds", "s", true, false, "requests_seconds_total")]
    [InlineData("3rd.party", "", false, false, "_3rd_party")]
    [InlineData("a..b--c", "", false, false, "a_b_c")]
    [InlineData("job:rate", "", false, false, "job:rate")]
    [InlineData("...", "", false, false, "")]
    public void Metric_NameAndUnit_FollowPrometheus(string name, string unit, bool sum, bool gauge, string expected) =>
        Assert.Equal(expected, OtlpNames.Metric(name, unit, sum, gauge));

    [Theory]
    [InlineData("http.method", "http_method")]
    [InlineData("plain", "plain")]
    [InlineData("9lives", "key_9lives")]
    [InlineData("_private", "key_private")]
    [InlineData("__meta", "__meta")]
    [InlineData("größe", "gr__e")]
    public void Label_Key_FollowsPrometheus(string key, string expected) => Assert.Equal(expected, OtlpNames.Label(key));
}
