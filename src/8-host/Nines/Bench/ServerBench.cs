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

    public override string Summary => "One server, N objectives of 20 scraped series each, scraped every 30 s: CPU an objective and 30 s, whole process.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (nines, peers) = (await NinesAsync(run), run.Quick || !PeerProcess.Installed("prometheus") ? [] : await PrometheusObjectives.MeasureAsync(run, [100, 500]));
        var victoria = run.Quick || !VictoriaObjectives.Installed ? [] : await VictoriaObjectives.MeasureAsync(run, [100, 500]);
        var version = peers.Count == 0 ? "" : await PeerProcess.VersionAsync("prometheus", run.Stop);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var one in nines)
        {
            var peer = peers.FirstOrDefault(p => p.Objectives == one.Objectives);
            rows.Add(["Nines", $"{one.Objectives}", one.Every, $"{one.CpuMs:F3}", $"{one.ResidentMiB:F0}", peer is null ? "–" : $"{peer.CpuMs / one.CpuMs:F0}"]);
        }

        rows.AddRange(peers.Select(p => (IReadOnlyList<string>)[version, $"{p.Objectives}", p.Every, $"{p.CpuMs:F3}", $"{p.ResidentMiB:F0}", "1"]));
        rows.AddRange(victoria.Select(p => (IReadOnlyList<string>)["VictoriaMetrics and vmalert", $"{p.Objectives}", p.Every, $"{p.CpuMs:F3}", $"{p.ResidentMiB:F0}", peers.FirstOrDefault(q => q.Objectives == p.Objectives) is { } q ? $"{q.CpuMs / p.CpuMs:F1}" : "–"]));
        return new(
            Name, Summary, ["server", "objectives", "evaluates every", "CPU ms an objective and 30 s", "resident MiB", "Prometheus' CPU is so many times this"], rows,
            [
                "Prometheus evaluates Sloth's 17 rules an objective over 3 days of counters and 30 days of its recorded 5-minute ratio; Nines keeps running sums.",
                "Five cycles of 30 s after a warm-up of two minutes; all servers of one kind run side by side, each in a process of its own.",
                "An idle Nines costs about as much as one with 100 objectives: what is left is the runtime's and the web server's own timers.",
            ]);
    }

    /// <summary>Every size at the cycle that Prometheus has, and at the default one; all at once, because each hardly costs anything.</summary>
    private static async Task<IReadOnlyList<ServerFigure>> NinesAsync(BenchRun run)
    {
        int[] sizes = run.Quick ? [10] : [100, 500, 1000];
        string[] cadences = run.Quick ? ["10s"] : ["30s", "10s"];
        var (warm, cycles) = run.Quick ? (10, 1) : (120, 5);
        run.Say($"Nines: {string.Join(", ", sizes)} objectives, warming up for {warm} s, then measuring {cycles} cycles of 30 s");
        return await Task.WhenAll(
            from size in sizes
            from every in cadences
            select MeasureAsync(run, size, every, TimeSpan.FromSeconds(warm), cycles));
    }

    private static async Task<ServerFigure> MeasureAsync(BenchRun run, int objectives, string every, TimeSpan warm, int cycles)
    {
        await using var target = await CounterTarget.StartAsync(Page(objectives), run.Clock);
        await using var server = await ServerProcess.StartAsync(
            Path.Combine(run.Scratch, $"nines{objectives}-{every}"), run.Clock, run.Stop, "--set", $"objectives:evaluateEvery={every}");
        var manifests = string.Concat(Enumerable.Range(0, objectives).Select(i => BenchManifests.Availability($"svc-{i}", $"exported_job=\"svc-{i}\"") + "---\n"));
        await server.ApplyAsync(manifests + BenchManifests.Target("shop", target.Address, "30s"), run.Stop);
        await Task.Delay(warm, run.Clock, run.Stop);
        var cpu = server.CpuSeconds;
        await Task.Delay(TimeSpan.FromSeconds(30 * cycles), run.Clock, run.Stop);
        return new(objectives, every, (server.CpuSeconds - cpu) * 1000 / objectives / cycles, server.ResidentMiB);
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

/// <summary>What one server cost.</summary>
/// <param name="Objectives">How many it watched.</param>
/// <param name="Every">How often it evaluated them.</param>
/// <param name="CpuMs">CPU milliseconds an objective and 30 s, whole process.</param>
/// <param name="ResidentMiB">Resident memory at the end.</param>
internal sealed record ServerFigure(int Objectives, string Every, double CpuMs, double ResidentMiB);
