using System.Text;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Ingestion.AccessLogs;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.AccessLogs;

public sealed class AccessLogImportTests
{
    private static readonly LogSource Plain = new("shop") { Format = "$msec $request_method $uri $status $request_time $http_user_agent" };

    [Fact]
    public void Read_Lines_CountsRequestsAndDurationsBySecond()
    {
        var samples = Read(Plain with { Buckets = [0.1, 1] }, "1000.1 GET /a 200 0.05 x", "1000.9 GET /b 200 0.5 x", "1001.0 GET /a 200 5 x", "1001.5 BREW /a 500 - x");

        Assert.Equal(
            [
                ("http_requests_total{code=\"200\",log=\"shop\",method=\"GET\"}", 1000, 2),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"0.1\",log=\"shop\",method=\"GET\"}", 1000, 1),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"1\",log=\"shop\",method=\"GET\"}", 1000, 2),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"+Inf\",log=\"shop\",method=\"GET\"}", 1000, 2),
                ("http_request_duration_seconds_count{code=\"200\",log=\"shop\",method=\"GET\"}", 1000, 2),
                ("http_request_duration_seconds_sum{code=\"200\",log=\"shop\",method=\"GET\"}", 1000, 0.55),
                ("http_requests_total{code=\"200\",log=\"shop\",method=\"GET\"}", 1001, 1),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"0.1\",log=\"shop\",method=\"GET\"}", 1001, 0),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"1\",log=\"shop\",method=\"GET\"}", 1001, 0),
                ("http_request_duration_seconds_bucket{code=\"200\",le=\"+Inf\",log=\"shop\",method=\"GET\"}", 1001, 1),
                ("http_request_duration_seconds_count{code=\"200\",log=\"shop\",method=\"GET\"}", 1001, 1),
                ("http_request_duration_seconds_sum{code=\"200\",log=\"shop\",method=\"GET\"}", 1001, 5),
                ("http_requests_total{code=\"500\",log=\"shop\",method=\"OTHER\"}", 1001, 1),
            ],
            samples.Select(sample => (sample.Labels.ToString(), sample.UnixMs / 1000, sample.Value)));
        Assert.All(samples, sample => Assert.Equal(SampleKind.Delta, sample.Kind));
    }

    [Fact]
    public void Read_ExclusionsAndUnreadableLines_AreLeftOutAndCounted()
    {
        var source = Plain with
        {
            Exclusions = [new(Path: "/health*"), new(UserAgent: "kube-probe/*"), new(Code: "4*", Method: "POST")],
        };
        var samples = AccessLogImport.Read(Stream("1000 GET /healthz?x=1 200 1 x", "1000 GET /a 200 1 kube-probe/1.2", "1000 POST /a 404 1 x", "1000 GET /a 404 1 x", "nonsense", "", "1000 GET /a 200 1 x"), source, out var figures).ToList();

        Assert.Equal((6, 1, 3), (figures.Lines, figures.Unreadable, figures.Excluded));
        Assert.Equal(2, samples.Where(sample => sample.Labels.Name == "http_requests_total").Sum(sample => sample.Value));
    }

    [Fact]
    public void Read_PathLabelAndTakenFields_BecomeLabels()
    {
        var source = new LogSource("shop")
        {
            Format = "$msec $host $uri $status",
            PathLabel = true,
            PathTemplates = ["/users/:id/orders", "/static/*"],
            MaxPaths = 2,
            Labels = [new("service", "web"), new("host", "$host")],
        };
        var samples = Read(source, "1 a /users/7/orders 200", "1 b /static/x/y.css 200", "1 a /items/0b0e6f2c-8f3a-4c1d-9a61-2f1d3c4b5a69?x 200", "1 a /items/42 200", "1 a /one 200", "1 a /two 200", "1 a * 200");

        Assert.Equal(
            [
                "/users/:id/orders a 1", "/static/* b 1", "/items/:id a 2", "/one a 1", "other a 2",
            ],
            samples.Select(sample => $"{sample.Labels["path"]} {sample.Labels["host"]} {sample.Value}"));
        Assert.All(samples, sample => Assert.Equal("web", sample.Labels["service"]));
    }

    [Fact]
    public void Read_LinesOutOfOrder_CountsEachInItsSecond()
    {
        var samples = Read(Plain, "1000 GET /a 200 - x", "999 GET /a 200 - x", "1000 GET /a 200 - x");

        Assert.Equal([(1000, 1.0), (999, 1.0), (1000, 1.0)], samples.Select(sample => (sample.UnixMs / 1000, sample.Value)));
    }

    [Fact]
    public void Read_LogLargerThanTheBuffer_LosesNothing()
    {
        var lines = Enumerable.Range(0, 60_000).Select(i => $"{1000 + (i / 100)} GET /a 200 0.05 agent-{i}").ToArray();
        var samples = Read(Plain, lines);

        Assert.Equal(60_000, samples.Where(sample => sample.Labels.Name == "http_requests_total").Sum(sample => sample.Value));
        Assert.Equal(600, samples.Count(sample => sample.Labels.Name == "http_requests_total"));
    }

    [Fact]
    public void Read_MutatedLogs_NeverThrows() => Mutations.Of(
        Encoding.UTF8.GetBytes("1000.1 GET /a 200 0.05 x\n1000.9 GET /b/7 200 0.5 x\n1001.0 GET /a 503 5 x\n"),
        bytes => _ = AccessLogImport.Read(new MemoryStream(bytes), Plain with { PathLabel = true, Exclusions = [new(Path: "*b*")] }, out _).ToList());

    private static List<CountedSample> Read(LogSource source, params string[] lines) => [.. AccessLogImport.Read(Stream(lines), source, out _)];

    private static MemoryStream Stream(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
