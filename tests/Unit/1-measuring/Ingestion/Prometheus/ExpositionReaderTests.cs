using System.Text;
using FsCheck.Fluent;
using Nines.Measuring.Ingestion.Prometheus;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Prometheus;

public sealed class ExpositionReaderTests
{
    internal const string TextPage = """
        # HELP http_requests_total The total number of HTTP requests.
        # TYPE http_requests_total counter
        http_requests_total{method="post",code="200"} 1027 1395066363000
        http_requests_total{method="post",code="400"}    3 1395066363000

        # Escaping in label values:
        msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
        metric_without_timestamp_and_labels 12.47
        something_weird{problem="division by zero"} +Inf -3982045
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{le="0.05"} 24054
        http_request_duration_seconds_bucket{le="+Inf"} 144320
        http_request_duration_seconds_sum 53423
        http_request_duration_seconds_count 144320

        """;

    internal const string OpenMetricsPage = """
        # TYPE foo counter
        # UNIT foo seconds
        foo_total{a="}#{"} 17.0 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
        foo_created{a="}#{"} 1520872607.123
        # TYPE bar histogram
        bar_bucket{le="1.0"} 0 # {} 0.67
        bar_bucket{le="+Inf"} 0
        bar_count 0
        # EOF

        """;

    private static (List<string> Samples, ExpositionReader Reader) Read(string page, ExpositionFormat format = ExpositionFormat.Text)
    {
        var (samples, reader) = (new List<string>(), new ExpositionReader(format));
        reader.Read(Encoding.UTF8.GetBytes(page), s => samples.Add($"{s.Labels} {s.Value} {s.UnixMs} {s.Type}"));
        return (samples, reader);
    }

    [Fact]
    public void Read_TextPage_GivesEverySample()
    {
        var (samples, reader) = Read(TextPage);
        Assert.Empty(reader.Errors);
        Assert.Equal(
            [
                "http_requests_total{code=\"200\",method=\"post\"} 1027 1395066363000 Counter",
                "http_requests_total{code=\"400\",method=\"post\"} 3 1395066363000 Counter",
                "msdos_file_access_time_seconds{error=\"Cannot find file:\\n\\\"FILE.TXT\\\"\",path=\"C:\\\\DIR\\\\FILE.TXT\"} 1458255915 0 Unknown",
                "metric_without_timestamp_and_labels 12.47 0 Unknown",
                "something_weird{problem=\"division by zero\"} ∞ -3982045 Unknown",
                "http_request_duration_seconds_bucket{le=\"0.05\"} 24054 0 Histogram",
                "http_request_duration_seconds_bucket{le=\"+Inf\"} 144320 0 Histogram",
                "http_request_duration_seconds_sum 53423 0 Histogram",
                "http_request_duration_seconds_count 144320 0 Histogram",
            ],
            samples.Select(s => s.Replace("Infinity", "∞", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_OpenMetricsPage_TakesSecondsAndStepsOverExemplars()
    {
        var (samples, reader) = Read(OpenMetricsPage, ExpositionFormat.OpenMetrics);
        Assert.Empty(reader.Errors);
        Assert.True(reader.IsComplete);
        Assert.Equal(
            ["foo_total{a=\"}#{\"} 17 1520879607789 Counter", "foo_created{a=\"}#{\"} 1520872607.123 0 Gauge", "bar_bucket{le=\"1.0\"} 0 0 Histogram", "bar_bucket{le=\"+Inf\"} 0 0 Histogram", "bar_count 0 0 Histogram"],
            samples);
    }

    [Theory]
    [InlineData("a", "line 1: expected a value, found the end of the line")]
    [InlineData("\n\na abc", "line 3: expected a value, found 'abc'")]
    [InlineData("a{b=\"c\" 1", "line 1: the labels do not end")]
    [InlineData("a{b=\"c} 1", "line 1: the labels do not end")]
    [InlineData("a{b=c} 1", "line 1: expected a quoted value for label b")]
    [InlineData("a{=\"c\"} 1", "line 1: expected a label name, found '='")]
    [InlineData("a{b=\"c\" d=\"e\"} 1", "line 1: expected ',' or '}' after label b")]
    [InlineData("a{b=\"c\",b=\"d\"} 1", "line 1: a label stands twice")]
    [InlineData("{b=\"c\"} 1", "line 1: expected a metric name")]
    [InlineData("9a 1", "line 1: expected '{' or a value after the name, found '9'")]
    [InlineData("a 1 2.5", "line 1: expected a timestamp, found '2.5'")]
    [InlineData("a 1 2 3", "line 1: expected the end of the line, found '3'")]
    [InlineData("a 1 # {} 2", "line 1: expected a timestamp, found '#' (exemplars are OpenMetrics)")]
    public void Read_BadLine_IsReportedWithItsLine(string page, string expected)
        => Assert.Equal(expected, Assert.Single(Read(page + "\n").Reader.Errors).ToString());

    [Fact]
    public void Read_InvalidUtf8_IsReportedAndTheRestIsRead()
    {
        var reader = new ExpositionReader(ExpositionFormat.Text);
        var names = new List<string>();
        reader.Read([.. "a{b=\""u8, 0xC3, 0x28, .. "\"} 1\nok 2\n"u8], s => names.Add(s.Labels.Name));
        Assert.Equal("line 1: label b: not valid UTF-8", reader.Errors[0].ToString());
        Assert.Equal(["ok"], names);
    }

    [Fact]
    public void Read_TextBehindTheEnd_IsReported()
        => Assert.Equal("line 2: text stands behind # EOF", Read("# EOF\na 1\n", ExpositionFormat.OpenMetrics).Reader.Errors[0].ToString());

    [Fact]
    public void Read_QuotedMetricName_IsRead()
        => Assert.Equal(["http.server.duration{a=\"b\"} 1 0 Unknown"], Read("{\"http.server.duration\",a=\"b\"} 1\n").Samples);

    [Fact]
    public void Read_MutatedPages_NeverThrows() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var openMetrics = random.Next(2) == 0;
        var page = Encoding.UTF8.GetBytes(openMetrics ? OpenMetricsPage : TextPage);
        for (var hits = random.Next(0, 20); hits > 0; hits--)
            page[random.Next(page.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "{}\"\\,= \n#"u8[random.Next(9)];
        var reader = new ExpositionReader(openMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text);
        var count = 0;
        reader.Read(page.AsSpan(0, random.Next(page.Length + 1)), _ => count++);
        return count <= 10 && reader.ErrorCount >= reader.Errors.Count;
    }).Hold();
}
