using System.Globalization;
using System.Text;

namespace Nines.Host.Bench;

/// <summary>
/// The whole server with N objectives over 20 scraped series each, beside Prometheus with Sloth's rules for the same:
/// reading the target, counting, evaluating every window, budget and alert.
/// </summary>
internal sealed class ServerBench : Benchmark
{
    private const int Pods = 4;
    private static readonly string[] Codes = ["200", "201", "404", "429", "500"];

    public override string Name => "server";

    public override string Summary => "One server, N objectives of 20 scraped series each, scraped every 30 s: CPU an objective and 30 s, whole process. Nines evaluates every 10 s, its default; Prometheus every 30 s.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        int[] sizes = run.Quick ? [10] : [100, 500];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var objectives in sizes)
        {
            var (cpu, memory) = await MeasureAsync(run, objectives);
            rows.Add(["Nines", $"{objectives}", $"{cpu:F3}", $"{memory:F0}", "1"]);
            if (run.Quick || !PeerProcess.Installed("prometheus") || objectives > 100) continue;
            var (peer, peerMemory) = await PrometheusObjectives.MeasureAsync(run, objectives);
            rows.Add([await PeerProcess.VersionAsync("prometheus", run.Stop), $"{objectives}", $"{peer:F3}", $"{peerMemory:F0}", $"{peer / cpu:F0}"]);
        }

        return new(
            Name, Summary, ["server", "objectives", "CPU ms an objective and 30 s", "resident MiB", "times Nines' CPU"], rows,
            ["Prometheus evaluates Sloth's 17 rules an objective over 3 days of counters and 30 days of its recorded 5-minute ratio; Nines keeps running sums."]);
    }

    private static async Task<(double CpuMs, double ResidentMiB)> MeasureAsync(BenchRun run, int objectives)
    {
        await using var target = await CounterTarget.StartAsync(Page(objectives), run.Clock);
        await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, $"nines{objectives}"), run.Clock, run.Stop);
        var manifests = string.Concat(Enumerable.Range(0, objectives).Select(i => BenchManifests.Availability($"svc-{i}", $"exported_job=\"svc-{i}\"") + "---\n"));
        await server.ApplyAsync(manifests + BenchManifests.Target("shop", target.Address, "30s"), run.Stop);
        var (warm, cycles) = run.Quick ? (10, 1) : (75, 5);
        run.Say($"Nines: {objectives} objectives, warming up for {warm} s, then measuring {cycles} cycles of 30 s");
        await Task.Delay(TimeSpan.FromSeconds(warm), run.Clock, run.Stop);
        var cpu = server.CpuSeconds;
        await Task.Delay(TimeSpan.FromSeconds(30 * cycles), run.Clock, run.Stop);
        return ((server.CpuSeconds - cpu) * 1000 / objectives / cycles, server.ResidentMiB);
    }

    private static Func<long, byte[]> Page(int objectives)
    {
        var names = (
            from i in Enumerable.Range(0, objectives)
            from pod in Enumerable.Range(0, Pods)
            from code in Codes
            select ($"http_requests_total{{code=\"{code}\",job=\"svc-{i}\",pod=\"svc-{i}-pod-{pod}\"}} ", code is "429" or "500" ? 0.002 : 10d)).ToArray();
        return unixMs =>
        {
            var page = new StringBuilder("# TYPE http_requests_total counter\n", names.Length * 80);
            foreach (var (name, rate) in names) page.Append(name).Append(((long)(unixMs / 1000d * rate)).ToString(CultureInfo.InvariantCulture)).Append('\n');
            return Encoding.UTF8.GetBytes(page.ToString());
        };
    }
}
