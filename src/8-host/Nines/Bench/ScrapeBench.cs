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
        var (series, reads, firsts) = run.Quick ? (2_000, 2, 1) : (100_000, 6, 3);
        byte[][] pages = [.. Enumerable.Range(0, 4).Select(turn => Page(series, turn))];
        var servers = new List<(string Label, Func<string, Uri, Task<MeasuredProcess>> Start)>
        {
            ("Nines, no series matched", (folder, target) => NinesAsync(run, folder, target, "")),
            ("Nines, every series matched", (folder, target) => NinesAsync(run, folder, target, BenchManifests.Availability("shop", "method=\"GET\"") + "---\n")),
        };
        if (PeerProcess.Installed("prometheus")) servers.Add((await PeerProcess.VersionAsync("prometheus", run.Stop), (folder, target) => PrometheusAsync(run, folder, target)));
        if (PeerProcess.Installed("victoria-metrics")) servers.Add((await PeerProcess.VersionAsync("victoria-metrics", run.Stop), (folder, target) => VictoriaAsync(run, folder, target)));
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (label, start) in servers)
        {
            var first = new List<double>();
            var (steady, resident) = (0d, 0d);
            for (var i = 1; i <= firsts; i++)
            {
                await using var target = CounterTarget.Prepare(NextOf(pages), run.Clock);
                await using var server = await start(Path.Combine(run.Scratch, $"{rows.Count}-{i}"), target.Address);
                first.Add(await FirstAsync(run, server, target));
                if (i == firsts) (steady, resident) = await SteadyAsync(run, server, target, reads);
            }

            first.Sort();
            run.Say($"{label}: first {string.Join(" / ", first.Select(f => $"{f:F2}"))} s, steady {steady:F3} s");
            rows.Add([label, $"{first[first.Count / 2]:F2}", $"{first[0]:F2} to {first[^1]:F2}", $"{steady:F3}", $"{resident:F0}"]);
        }

        return new(
            Name, Summary, ["server", "first CPU s", "of all tries", "steady CPU s a scrape", "resident MiB"], rows,
            [
                $"First, the same for all: the target is declared, nobody listens there yet, and the server settles. Then the target comes up; CPU from there to a second after the first read, median of {firsts} fresh servers.",
                "It holds what is compiled on first use.",
            ]);
    }

    private static Func<long, byte[]> NextOf(byte[][] pages)
    {
        var turn = 0;
        return _ => pages[Interlocked.Increment(ref turn) & 3];
    }

    private static async Task<MeasuredProcess> NinesAsync(BenchRun run, string folder, Uri target, string objective)
    {
        var server = await ServerProcess.StartAsync(folder, run.Clock, run.Stop);
        await server.ApplyAsync(objective + BenchManifests.Target("shop", target, "3s"), run.Stop);
        return server;
    }

    private static async Task<MeasuredProcess> PrometheusAsync(BenchRun run, string folder, Uri target) =>
        await PeerProcess.PrometheusAsync(folder, Configuration(target), run.Clock, run.Stop);

    private static async Task<MeasuredProcess> VictoriaAsync(BenchRun run, string folder, Uri target)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "scrape.yml");
        await File.WriteAllTextAsync(file, Configuration(target), run.Stop);
        return await PeerProcess.VictoriaAsync(folder, run.Clock, run.Stop, $"-promscrape.config={file}", "-promscrape.maxScrapeSize=100000000");
    }

    private static string Configuration(Uri target) =>
        $"global: {{scrape_interval: 3s, scrape_timeout: 3s}}\nscrape_configs: [{{job_name: big, static_configs: [{{targets: ['{target.Authority}']}}]}}]\n";

    private static async Task<double> FirstAsync(BenchRun run, MeasuredProcess server, CounterTarget target)
    {
        // Two intervals and more: each server has tried in vain by then.
        await Task.Delay(TimeSpan.FromSeconds(7), run.Clock, run.Stop);
        var idle = server.CpuSeconds;
        await target.OpenAsync();
        while (target.Hits < 1) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        return server.CpuSeconds - idle;
    }

    private static async Task<(double CpuSeconds, double ResidentMiB)> SteadyAsync(BenchRun run, MeasuredProcess server, CounterTarget target, int reads)
    {
        // Three reads more, so that the runtime has compiled what is hot.
        while (target.Hits < 4) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        var (cpu, hits) = (server.CpuSeconds, target.Hits);
        while (target.Hits < hits + reads) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Stop);
        return ((server.CpuSeconds - cpu) / reads, server.ResidentMiB);
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
