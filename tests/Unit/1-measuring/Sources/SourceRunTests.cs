using System.Globalization;
using System.Net;
using System.Text;
using Nines.Measuring.Indicators;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Sources;
using Nines.Tests.Unit.Measuring.Ingestion;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Sources;

public sealed class SourceRunTests
{
    private const string Text = "orders_total";
    private const long Day = 24 * 3_600_000;

    private static readonly DataSource Prom = new("prom", "prometheus", new Uri("http://prom:9090/"), HttpAccess.Open);
    private static readonly string Name = new MetricQuery("prometheus", Text, "prom").SeriesName(true);
    private static readonly SourceQuery Query = new("prom", Text, Name, true, [0]);

    private readonly FakePrometheus _server = new();

    [Fact]
    public async Task Step_FirstContact_CountsTheWholeHistoryOnce()
    {
        var rig = new DoorRig(Name);
        await ReadAllAsync(rig, DoorRig.Start);

        // One event a second; the first value is the baseline.
        Assert.Equal(Day / 1000, rig.Events() + 60, 0.5);
    }

    [Fact]
    public async Task Step_AfterTheHistory_ReadsRawSamplesMinuteByMinute()
    {
        var rig = new DoorRig(Name);
        await ReadAllAsync(rig, DoorRig.Start);
        var before = rig.Events();
        _server.Asked.Clear();

        await ReadAllAsync(rig, DoorRig.Start + 60_000);

        Assert.Equal(60, rig.Events() - before, 15.0);
        Assert.Contains("[60000ms]", Assert.Single(_server.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_AfterACrash_GoesOnWhereItStopped()
    {
        var rig = new DoorRig(Name);
        _server.FailAfter = 2;
        await ReadAllAsync(rig, DoorRig.Start);
        var after = rig.Restart();
        await after.Log().ReplayAsync(default);
        var resumed = after.Events();
        _server.FailAfter = int.MaxValue;

        await ReadAllAsync(after, DoorRig.Start);

        // Two hours, then four.
        Assert.InRange(resumed, 21_400, 21_600);
        Assert.Equal(Day / 1000, after.Events() + 60, 0.5);
    }

    [Fact]
    public async Task Step_ErrorOrPartialAnswer_BooksNothingAndAsksAgainAfterAMinute()
    {
        var rig = new DoorRig(Name);
        var run = Run(rig);
        _server.FailAfter = 0;
        Assert.True(await run.StepAsync(Prom, [Query], DoorRig.Start, Day, default));
        Assert.Equal("It answered internal: broken", run.ErrorOf(Query));
        Assert.False(await run.StepAsync(Prom, [Query], DoorRig.Start + 59_000, Day, default));
        _server.FailAfter = int.MaxValue;
        _server.Warning = "partial response";
        Assert.True(await run.StepAsync(Prom, [Query], DoorRig.Start + 61_000, Day, default));
        Assert.Equal("Part of the data is missing, says the server; it is asked again.", run.ErrorOf(Query));

        Assert.Equal((0.0, null), (rig.Events(), run.MarkOf(Query)));
    }

    [Fact]
    public async Task Step_PieceTooLarge_AsksForSmallerOnes()
    {
        var rig = new DoorRig(Name);
        _server.MostSamples = 40;

        await ReadAllAsync(rig, DoorRig.Start);

        Assert.Equal(Day / 1000, rig.Events() + 60, 0.5);
        Assert.True(_server.Asked.Count > 48, $"{_server.Asked.Count} pieces");
    }

    [Fact]
    public async Task Step_LittleComes_AsksForLongerPiecesUpToADay()
    {
        var rig = new DoorRig(Name);

        await ReadAllAsync(rig, DoorRig.Start, 30 * Day);

        Assert.Equal(30 * Day / 1000, rig.Events() + 60, 0.5);
        // 2, 4, 8 and 16 h, then a day each; 360 pieces of two hours otherwise.
        Assert.Equal(33, _server.Asked.Count);
    }

    private async Task ReadAllAsync(DoorRig rig, long nowMs, long backfillMs = Day)
    {
        var run = Run(rig);
        while (await run.StepAsync(Prom, [Query], nowMs, backfillMs, default))
        {
        }
    }

    private SourceRun Run(DoorRig rig) => new("prom", rig.Counted, new PromClient(new AccessClients(_server), rig.Clock));

    /// <summary>A counter that grows by one each second, scraped every 15 s.</summary>
    private sealed class FakePrometheus : HttpMessageHandler, IHttpClientFactory
    {
        public List<string> Asked { get; } = [];

        public int FailAfter { get; set; } = int.MaxValue;

        public int MostSamples { get; set; } = int.MaxValue;

        public string? Warning { get; set; }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = (await request.Content!.ReadAsStringAsync(cancellationToken)).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));
            Asked.Add(form["query"]);
            if (Asked.Count > FailAfter) return Answer(500, """{"status":"error","errorType":"internal","error":"broken"}""");
            var times = request.RequestUri!.AbsolutePath.EndsWith("query_range", StringComparison.Ordinal) ? Range(form) : Raw(form);
            if (times.Count > MostSamples) return Answer(422, """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory"}""");
            var values = string.Join(',', times.Select(at => $"[{at.At / 1000.0:F3},\"{at.Value}\"]"));
            var warnings = Warning is null ? "" : $"\"warnings\":[\"{Warning}\"],";
            return Answer(200, $$$"""{"status":"success",{{{warnings}}}"data":{"resultType":"matrix","result":[{"metric":{"__name__":"orders_total","job":"shop"},"values":[{{{values}}}]}]}}""");
        }

        private static List<(long At, long Value)> Range(Dictionary<string, string> form)
        {
            var times = new List<(long, long)>();
            for (var at = Ms(form["start"]); at <= Ms(form["end"]); at += 60_000) times.Add((at, ScrapedAt(at) / 1000));
            return times;
        }

        private static List<(long At, long Value)> Raw(Dictionary<string, string> form)
        {
            var end = Ms(form["time"]);
            var open = form["query"].IndexOf('[', StringComparison.Ordinal);
            var length = long.Parse(form["query"][(open + 1)..^3], CultureInfo.InvariantCulture);
            var times = new List<(long, long)>();
            for (var at = ScrapedAt(end); at >= end - length; at -= 15_000) times.Insert(0, (at, at / 1000));
            return times;
        }

        private static long ScrapedAt(long at) => at / 15_000 * 15_000;

        private static long Ms(string seconds) => (long)(double.Parse(seconds, CultureInfo.InvariantCulture) * 1000);

        private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
