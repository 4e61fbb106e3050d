using System.Globalization;
using System.Text;

namespace Nines.Host.Bench;

/// <summary>One target with a page of 100 000 series, read every 3 s: what the first read costs, and each later one.</summary>
internal sealed class ScrapeBench : Benchmark
{
    private static readonly string[] Codes = ["200", "201", "404", "429", "500"];

    public override string Name => "scrape";

    public override string Summary => "Scrape of a 100 000-series page (10 MB of text, values change) every 3 s; CPU of the whole server process.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (series, reads) = run.Quick ? (2_000, 2) : (100_000, 10);
        byte[][] pages = [.. Enumerable.Range(0, 4).Select(turn => Page(series, turn))];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (label, objective) in new[] { ("Nines, no series matched", false), ("Nines, every series matched", true) })
        {
            await using var target = await StartTargetAsync(run, pages);
            await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, $"nines{rows.Count}"), run.Clock, run.Stop);
            if (objective) await server.ApplyAsync(BenchManifests.Availability("shop", "method=\"GET\""), run.Stop);
            var idle = server.CpuSeconds;
            await server.ApplyAsync(BenchManifests.Target("shop", target.Address, "3s"), run.Stop);
            rows.Add(await MeasureAsync(run, label, server, target, idle, reads));
        }

        if (PeerProcess.Installed("prometheus"))
        {
            await using var target = await StartTargetAsync(run, pages);
            var configuration = $"global: {{scrape_interval: 3s, scrape_timeout: 3s}}\nscrape_configs: [{{job_name: big, static_configs: [{{targets: ['{target.Address.Authority}']}}]}}]\n";
            await using var peer = await PeerProcess.PrometheusAsync(Path.Combine(run.Scratch, "prometheus"), configuration, run.Clock, run.Stop);
            rows.Add(await MeasureAsync(run, await PeerProcess.VersionAsync("prometheus", run.Stop), peer, target, 0, reads));
        }

        return new(
            Name, Summary, ["server", "first CPU s", "steady CPU s a scrape", "resident MiB"], rows,
            ["The first figure counts from the moment the target is declared (Nines) or the process starts (Prometheus) to a second after the first read."]);
    }

    private static Task<CounterTarget> StartTargetAsync(BenchRun run, byte[][] pages)
    {
        var turn = 0;
        return CounterTarget.StartAsync(_ => pages[Interlocked.Increment(ref turn) & 3], run.Clock);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, CounterTarget target, double idle, int reads)
    {
        while (target.Hits < 1) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        var first = server.CpuSeconds - idle;
        // Three reads more, so that the runtime has compiled what is hot.
        while (target.Hits < 4) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        var (cpu, hits) = (server.CpuSeconds, target.Hits);
        while (target.Hits < hits + reads) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        var steady = (server.CpuSeconds - cpu) / reads;
        run.Say($"{label}: first {first:F2} s, steady {steady:F3} s");
        return [label, $"{first:F2}", $"{steady:F3}", $"{server.ResidentMiB:F0}"];
    }

    private static byte[] Page(int series, int turn)
    {
        var page = new StringBuilder("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n", series * 110);
        for (var i = 0; i < series; i++)
        {
            page.Append("http_requests_total{code=\"").Append(Codes[i % 5]).Append("\",method=\"GET\",path=\"/api/v1/resource/").Append(i / 5)
                .Append("\",pod=\"svc-").Append(i / 100).Append("-pod-").Append(i % 20).Append("\"} ")
                .Append((1000 + (i % 97 * 31) + (turn * (i % 13))).ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(page.ToString());
    }
}
