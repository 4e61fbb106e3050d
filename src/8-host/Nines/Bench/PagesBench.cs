using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>What people wait for: the first byte of the main pages with many services, and what a browser must fetch.</summary>
internal sealed partial class PagesBench : Benchmark
{
    private const int HistoryMinutes = 60;
    private const int EventsInOneBody = 10_000;

    public override string Name => "pages";

    public override string Summary => "First byte of the main pages on the machine itself, one reader, and their weight compressed (Brotli): the page alone, and with stylesheet, script and fonts as a first visit fetches them.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (services, visits) = run.Quick ? (20, 3) : (1_000, 60);
        await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, "nines"), run.Clock, run.Stop);
        run.Say($"applying {services} services with an objective each, and an hour of events for all");
        await server.ApplyAsync(string.Join("---\n", Enumerable.Range(0, services).Select(Manifests)), run.Stop);
        await FillAsync(server, services, run);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var page in (string[])["/overview", "/services/svc-7", "/objectives/svc-7-availability", "/alerts", "/signals", "/manifests"])
            rows.Add(await MeasureAsync(server, page, visits, run.Stop));
        return new(
            Name, Summary, ["page", "first byte ms, median", "first byte ms, slowest of 20", "page kB", "first visit kB"], rows,
            [$"{services} services, {visits} visits of each page after five that warm it up; the server evaluates everything every 10 s meanwhile."]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(ServerProcess server, string page, int visits, CancellationToken stop)
    {
        var times = new List<double>(visits);
        var body = Array.Empty<byte>();
        for (var i = -5; i < visits; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await AskAsync(server, page, stop);
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            body = await answer.Content.ReadAsByteArrayAsync(stop);
        }

        times.Sort();
        var all = body.Length + await AssetsAsync(server, Text(body), stop);
        return [page, Number(times[times.Count / 2]), Number(times[times.Count * 19 / 20]), Number(body.Length / 1024.0), Number(all / 1024.0)];
    }

    // Until the headers are here: the page is drawn and compressed before its first byte leaves.
    private static async Task<HttpResponseMessage> AskAsync(ServerProcess server, string path, CancellationToken stop)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };
        var answer = await server.Http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, stop);
        return answer.IsSuccessStatusCode ? answer : throw new IOException($"{path} answers {(int)answer.StatusCode}.");
    }

    private static async Task<long> AssetsAsync(ServerProcess server, string page, CancellationToken stop)
    {
        var sum = 0L;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(Named().Matches(page).Select(m => m.Value));
        while (waiting.TryDequeue(out var asset))
        {
            if (!seen.Add(asset)) continue;
            using var answer = await AskAsync(server, asset, stop);
            var body = await answer.Content.ReadAsByteArrayAsync(stop);
            sum += body.Length;
            if (!asset.EndsWith(".css", StringComparison.Ordinal)) continue;
            foreach (Match font in Named().Matches(Text(body))) waiting.Enqueue(font.Value);
        }

        return sum;
    }

    private static string Text(byte[] body)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(body), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task FillAsync(ServerProcess server, int services, BenchRun run)
    {
        // An objective takes part from the moment that the engine knows it, which the list tells.
        for (var i = 0; i < 100 && (await server.Http.GetFromJsonAsync<object[]>("/api/v1/objectives", run.Stop))!.Length < services; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), run.Clock, run.Stop);
        var now = run.Clock.Now();
        foreach (var events in Enumerable.Range(0, services * HistoryMinutes).Chunk(EventsInOneBody))
        {
            using var answer = await server.Http.PostAsJsonAsync("/api/v1/events", events.Select(i => EventOf(i, now)), run.Stop);
            answer.EnsureSuccessStatusCode();
        }

        // Two evaluations, so that states and alerts are what the events say.
        await Task.Delay(TimeSpan.FromSeconds(run.Quick ? 1 : 20), run.Clock, run.Stop);
    }

    // One service in fifty burns, one in ten loses a little, the rest is well.
    private static object EventOf(int number, Instant now)
    {
        var service = number / HistoryMinutes;
        var bad = service % 50 == 7 ? 30 : service % 10 == 3 ? 1 : 0;
        return new { name = $"svc-{service}", good = 1000 - bad, total = 1000, at = (now - Duration.FromMinutes(number % HistoryMinutes)).ToString() };
    }

    private static string Manifests(int number) => $$"""
        apiVersion: nines/v1
        kind: Service
        metadata: { name: svc-{{number}} }
        spec: { tier: standard, description: One of many. }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: svc-{{number}}-availability }
        spec:
          service: svc-{{number}}
          indicator:
            metadata: { name: svc-{{number}}-requests }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="svc-{{number}}",outcome="good"}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="svc-{{number}}"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]

        """;

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    [GeneratedRegex("/assets/[A-Za-z0-9._-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
