using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;
using Nines.Tests.Unit.Measuring.Signals;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Scrape;

public sealed class ScrapeRoundsTests : IAsyncDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly SignalHub _hub = new();
    private readonly MemorySignalStore _store = new();

    public ScrapeRoundsTests() => _hub.SetBindings([new(Selector.Parse("requests_total"), 0, StreamRole.Total), new(Selector.Parse("up"), 1, StreamRole.Total, StreamMeasure.Raw)], _sink);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static ScrapeTarget Target(int timeoutMs = 5_000, long bodyLimit = 1 << 20, int sampleLimit = 100) => new(
        "shop", "shop", [new Uri("http://a:8080/metrics")], Duration.FromSeconds(15), Duration.FromMilliseconds(timeoutMs), new Dictionary<string, string>(), false, sampleLimit, bodyLimit, HttpAccess.Open);

    private async Task<ScrapeStatus> ReadOnce(PageServer server, ScrapeTarget? target = null)
    {
        var rounds = new ScrapeRounds(_hub, new SignalIntake(_store, _hub), new AccessClients(server), TimeProvider.System);
        rounds.Follow([target ?? Target()]);
        rounds.StartDue(rounds.NextDueMs!.Value, default);
        await rounds.FinishAsync();
        return Assert.Single(rounds.Status());
    }

    private static StringContent Text(string page, string type = "text/plain") => new(page, Encoding.UTF8, type);

    private static StreamContent Endless(byte[]? repeated, string? encoding = null)
    {
        var content = new StreamContent(new EndlessStream(repeated));
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public async Task StartDue_GzipThatBreaksOff_IsAFailedReadAndEndsNoSeries(int missing)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 90).Select(i => $"requests_total{{i=\"{i}\"}} {i * 7919}\n"))));
        var bytes = packed.ToArray();
        var status = await ReadOnce(PageServer.Of(() =>
        {
            var content = new ByteArrayContent(bytes, 0, bytes.Length - missing);
            content.Headers.ContentEncoding.Add("gzip");
            return content;
        }));
        Assert.False(status.Up);
        Assert.Equal("It sent damaged gzip, or gzip that breaks off.", status.Error);
        Assert.DoesNotContain(_sink.Calls, c => c.StartsWith("raw 1 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartDue_OtherEncoding_IsRefusedByName()
    {
        var status = await ReadOnce(PageServer.Of(() =>
        {
            var content = new ByteArrayContent([1, 2, 3]);
            content.Headers.ContentEncoding.Add("br");
            return content;
        }));
        Assert.Equal("It sent an encoding other than gzip, which nobody asked for.", status.Error);
    }

    [Fact]
    public async Task StartDue_Page_IsReadAndTheTargetIsUp()
    {
        var server = PageServer.Of(() => Text("requests_total 5\n"));
        var status = await ReadOnce(server);
        Assert.True(status.Up);
        Assert.Equal((1, 17L, "shop", "a:8080"), (status.Samples, status.Bytes, status.Job, status.Instance));
        Assert.Contains(_sink.Calls, c => c.StartsWith("raw 1 1 at", StringComparison.Ordinal));
        Assert.Equal("application/openmetrics-text; version=1.0.0; q=0.8, text/plain; version=0.0.4; q=0.5, */*; q=0.1", server.Asked!.Headers.Accept.ToString());
        Assert.Equal("gzip", server.Asked.Headers.AcceptEncoding.ToString());
    }

    [Fact]
    public async Task StartDue_GzipPage_IsInflated()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes("requests_total 5\n"));
        var status = await ReadOnce(PageServer.Of(() => new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } }));
        Assert.Null(status.Error);
        Assert.Equal(1, status.Samples);
    }

    [Fact]
    public async Task StartDue_GzipBomb_EndsAtTheLimit()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 300; i++)
                await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string('\n', 100_000)));
        var status = await ReadOnce(PageServer.Of(() => new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } }));
        Assert.Equal("It sent more than 1048576 bytes. Raise bodyLimit, or let the target say less.", status.Error);
    }

    [Fact]
    public async Task StartDue_DamagedGzip_SaysSo()
        => Assert.Equal("It sent damaged gzip, or gzip that breaks off.", (await ReadOnce(PageServer.Of(() => new ByteArrayContent([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) { Headers = { ContentEncoding = { "gzip" } } }))).Error);

    [Fact]
    public async Task StartDue_HangingTarget_EndsAtItsTimeout()
    {
        var status = await ReadOnce(PageServer.Of(() => Endless(null)), Target(timeoutMs: 40));
        Assert.Equal("It did not end its answer within 40ms.", status.Error);
        Assert.False(status.Up);
        Assert.Contains(_sink.Calls, c => c.StartsWith("raw 1 0 at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartDue_EndlessPage_EndsAtTheLimit()
        => Assert.Equal("It sent more than 1048576 bytes. Raise bodyLimit, or let the target say less.", (await ReadOnce(PageServer.Of(() => Endless("# and so on\n"u8.ToArray())))).Error);

    [Fact]
    public async Task StartDue_EndlessLine_EndsThere()
        => Assert.Equal("Line 1 is longer than 128 KiB.", (await ReadOnce(PageServer.Of(() => Endless("aaaaaaaa"u8.ToArray())))).Error);

    [Fact]
    public async Task StartDue_TooManySamples_IsRefusedWhole()
    {
        var status = await ReadOnce(PageServer.Of(() => Text(string.Concat(Enumerable.Range(0, 200).Select(i => $"requests_total{{i=\"{i}\"}} 1\n")))));
        Assert.Equal("It has more than 100 samples. Raise sampleLimit, or let the target say less.", status.Error);
        Assert.DoesNotContain(_sink.Calls, c => c.StartsWith("fresh 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/html", "<html>")]
    [InlineData("text/plain", "\n <!doctype html>")]
    public async Task StartDue_Html_IsNoMetricsPage(string type, string page)
        => Assert.Equal("It answered HTML, which is no metrics page. Is the path right? Metrics usually stand at /metrics.", (await ReadOnce(PageServer.Of(() => Text(page, type)))).Error);

    [Fact]
    public async Task StartDue_ErrorStatus_IsTold()
        => Assert.Equal("It answered HTTP 503 Service Unavailable.", (await ReadOnce(PageServer.Of(() => Text("x"), HttpStatusCode.ServiceUnavailable))).Error);

    [Fact]
    public async Task StartDue_RedirectWithoutEnd_IsTold()
        => Assert.Equal("It redirects more than 5 times, or to nowhere (HTTP 302). Name the page that it ends at.", (await ReadOnce(PageServer.Of(() => Text("x"), HttpStatusCode.Found))).Error);

    [Fact]
    public async Task StartDue_NobodyListens_IsTold()
        => Assert.Equal("Nobody listens there (connection refused).", (await ReadOnce(new PageServer((_, _) => throw new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused))))).Error);

    [Fact]
    public async Task StartDue_OpenMetricsWithoutEnd_IsRefused()
    {
        var content = Text("requests_total 5\n");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/openmetrics-text; version=1.0.0");
        Assert.Equal("The page breaks off: it is OpenMetrics, but has no # EOF.", (await ReadOnce(PageServer.Of(() => content))).Error);
    }

    [Fact]
    public async Task StartDue_NoReadableLine_IsRefusedWithTheFirst()
        => Assert.Equal("No line could be read; line 1: expected a value, found 'not'.", (await ReadOnce(PageServer.Of(() => Text("this not a page\n")))).Error);

    [Fact]
    public async Task StartDue_SomeBadLines_AreListedAndTheRestCounts()
    {
        var status = await ReadOnce(PageServer.Of(() => Text("requests_total 5\nbad{ 1\n")));
        Assert.True(status.Up);
        Assert.Equal(["line 2: the labels do not end"], status.Lines);
    }

    [Fact]
    public async Task StartDue_ReadStillUnderWay_IsCountedAsMissed()
    {
        var gate = new TaskCompletionSource<HttpResponseMessage>();
        var rounds = new ScrapeRounds(_hub, new SignalIntake(_store, _hub), new AccessClients(new PageServer((_, _) => gate.Task)), TimeProvider.System);
        rounds.Follow([Target()]);
        rounds.StartDue(rounds.NextDueMs!.Value, default);
        rounds.StartDue(rounds.NextDueMs!.Value, default);
        gate.SetResult(new HttpResponseMessage { Content = Text("a 1\n") });
        await rounds.FinishAsync();
        Assert.Equal((1L, 1L), (rounds.Status()[0].Reads, rounds.Status()[0].Missed));
    }

    [Fact]
    public async Task Follow_ManyTargets_AreSpreadOverTheInterval()
    {
        var rounds = new ScrapeRounds(_hub, new SignalIntake(_store, _hub), new AccessClients(PageServer.Of(() => Text("a 1\n"))), TimeProvider.System);
        rounds.Follow([Target() with { Pages = [.. Enumerable.Range(0, 300).Select(i => new Uri($"http://a{i}:8080/metrics"))] }]);
        var due = rounds.NextDueMs!.Value;
        rounds.StartDue(due + 5_000, default);
        await rounds.FinishAsync();
        Assert.InRange(rounds.Status().Sum(s => s.Reads), 60, 140);
    }

    [Fact]
    public async Task Follow_UnchangedTarget_KeepsItsMemory()
    {
        var page = 0;
        var target = Target();
        var rounds = new ScrapeRounds(_hub, new SignalIntake(_store, _hub), new AccessClients(PageServer.Of(() => Text($"requests_total {page += 5}\n"))), TimeProvider.System);
        rounds.Follow([target]);
        rounds.StartDue(rounds.NextDueMs!.Value, default);
        await rounds.FinishAsync();
        rounds.Follow([target, Target() with { Name = "other", Pages = [new Uri("http://b/metrics")] }]);
        Assert.Equal(1, rounds.Status()[0].Reads);
        Assert.Equal(2, rounds.Status().Count);
    }
}
