using System.Diagnostics;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>
/// A whole server with very many objectives, fed by remote write every 30 s: what a cycle costs, what applying and
/// restarting take, and whether the budgets are still there after a kill.
/// </summary>
internal sealed class ScaleBench : Benchmark
{
    private const int AtOnce = 2_000;

    public override string Name => "scale";

    public override string Summary => "One server, N objectives over a pair of series each, sent by remote write and evaluated every 30 s; killed and started again.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        int[] sizes = run.Quick ? [100] : [20_000];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var size in sizes)
        {
            rows.Add(await MeasureAsync(run, size));
            run.Say(string.Join(" | ", rows[^1]));
        }

        return new(
            Name, Summary,
            [
                "objectives", "CPU s in 30 s", "one evaluation of all s", "resident MiB", "disk MiB", "applied in s", "overview ms", "objective page ms",
                "ready after a kill s", "budgets after it",
            ],
            rows,
            [
                $"Applied {AtOnce:N0} at a time, as one user would; two cores allow 60 CPU s in 30 s.",
                "CPU is the whole process's over four cycles after a warm-up of three: taking the samples in durably, evaluating, checkpoints, the runtime.",
            ]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, int objectives)
    {
        var data = Path.Combine(run.Scratch, $"n{objectives}");
        var (warm, cycles) = run.Quick ? (1, 1) : (3, 4);
        var server = await StartAsync(data, run);
        try
        {
            var applied = await ApplyAsync(server, objectives, run);
            var load = new ScaleLoad(server.Http, objectives, run.Clock);
            run.Say($"{objectives:N0} objectives: applied in {applied:F1} s; {warm} cycles to warm up, {cycles} to measure");
            await load.RunAsync(warm, run.Stop);
            var cpu = server.CpuSeconds;
            await load.RunAsync(cycles, run.Stop);
            cpu = (server.CpuSeconds - cpu) / cycles;
            var resident = server.ResidentMiB;
            var cycle = await FigureAsync(server, "nines_objectives_cycle_seconds", run.Stop);
            var overview = await PageAsync(server, "/", run);
            var page = await PageAsync(server, "/objectives/svc-7-availability", run);
            // A checkpoint may be a minute away: what was acknowledged must be there without it.
            var before = await BudgetsAsync(server, objectives, run.Stop);
            await server.KillAsync();
            await server.DisposeAsync();
            server = await StartAsync(data, run);
            var after = await BudgetsAsync(server, objectives, run.Stop);
            return
            [
                $"{objectives:N0}", $"{cpu:F2}", $"{cycle:F3}", $"{resident:F0}",
                $"{new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1048576d:F0}",
                $"{applied:F1}", $"{overview:F0}", $"{page:F0}", $"{server.ReadyAfterSeconds:F1}", before == after ? "all there" : $"LOST: {before} before, {after} after",
            ];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Task<ServerProcess> StartAsync(string data, BenchRun run) =>
        ServerProcess.StartAsync(data, run.Clock, run.Stop, "--set", "objectives:evaluateEvery=30s");

    private static async Task<double> ApplyAsync(ServerProcess server, int objectives, BenchRun run)
    {
        var began = run.Clock.GetTimestamp();
        for (var first = 0; first < objectives; first += AtOnce)
        {
            await server.ApplyAsync(
                string.Join("---\n", Enumerable.Range(first, Math.Min(AtOnce, objectives - first)).Select(i => BenchManifests.Availability($"svc-{i}", $"job=\"svc-{i}\""))),
                run.Stop);
        }

        return run.Clock.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Milliseconds to the whole of a page, the second time.</summary>
    private static async Task<double> PageAsync(ServerProcess server, string path, BenchRun run)
    {
        _ = await server.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(2), run.Clock, run.Stop);
        var began = Stopwatch.GetTimestamp();
        _ = await server.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), run.Stop);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>How many objectives have counted events, and how many events and failures all of them counted.</summary>
    private static async Task<(int Objectives, double Total, double Failed)> BudgetsAsync(ServerProcess server, int objectives, CancellationToken stop)
    {
        await using var body = await server.Http.GetStreamAsync(new Uri("/api/v1/objectives", UriKind.Relative), stop);
        using var all = await JsonDocument.ParseAsync(body, cancellationToken: stop);
        var (seen, total, failed) = (0, 0d, 0d);
        foreach (var one in all.RootElement.EnumerateArray())
        {
            var events = one.GetProperty("total").GetDouble();
            if (events > 0) seen++;
            total += events;
            failed += one.GetProperty("budget").GetProperty("failed").GetDouble();
        }

        return seen == objectives ? (seen, total, Math.Round(failed, 3)) : throw new IOException($"Only {seen} of {objectives} objectives have counted events.");
    }

    private static async Task<double> FigureAsync(ServerProcess server, string name, CancellationToken stop)
    {
        var page = await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), stop);
        var line = page.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
