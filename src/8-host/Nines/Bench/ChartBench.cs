using System.Diagnostics;
using System.Globalization;
using Nines.Kernel;
using Nines.Storage;

namespace Nines.Host.Bench;

/// <summary>
/// The objective's page: 30 days at one-minute step read from disk, the budget and the burn drawn as SVG, and all the
/// rest of the page, over HTTP. The first look at each objective and later ones.
/// </summary>
internal sealed class ChartBench : Benchmark
{
    public override string Name => "chart";

    public override string Summary => "The page of an objective over HTTP, with 30 days at one-minute step read from disk and drawn twice (budget left, burn).";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (objectives, days, looks) = run.Quick ? (5, 2, 1) : (200, 30, 5);
        run.Say($"filling {days} days of {objectives} objectives");
        await FillAsync(run, objectives, days);
        await using var server = await ServerProcess.StartAsync(run.Scratch, run.Clock, run.Stop);
        await server.ApplyAsync(string.Concat(Enumerable.Range(0, objectives).Select(i => BenchManifests.Availability($"svc-{i}", $"job=\"svc-{i}\"") + "---\n")), run.Stop);
        // Compiled once, by an objective of its own, so that the first looks below are cold for the disk and not for the runtime.
        for (var i = 0; i < (run.Quick ? 1 : 100); i++) await LookAsync(server, 0, run.Stop);
        var rows = new List<IReadOnlyList<string>> { await MeasureAsync(run, server, "first look at each", 1, objectives - 1, 1) };
        rows.Add(await MeasureAsync(run, server, "each looked at again", 1, objectives - 1, looks));
        return new(
            Name, Summary, ["what", "pages", "first byte p50 ms", "whole page p50 ms", "whole page p99 ms", "CPU ms a page", "page kB"], rows,
            [
                $"{objectives} objectives with {days} days behind them; one reader. The runtime has compiled the page before; the first looks find nothing of their objective in memory but its newest hours.",
                $"Each page holds {days * 1440:N0} minutes in two pictures, its tables and its words; sent as it is, without compression.",
            ]);
    }

    private static async Task FillAsync(BenchRun run, int objectives, int days)
    {
        await using var store = await Store.OpenAsync(new(run.Scratch), run.Stop);
        await ObjectivesBench.FillAsync(store, objectives, days, run.Clock.UnixMs() / 60_000 * 60_000, run.Stop);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, ServerProcess server, string what, int first, int count, int times)
    {
        var looks = new List<Look>();
        var cpu = server.CpuSeconds;
        for (var time = 0; time < times; time++)
            for (var i = first; i < first + count; i++)
                looks.Add(await LookAsync(server, i, run.Stop));
        var used = (server.CpuSeconds - cpu) * 1000 / looks.Count;
        double[] begun = [.. looks.Select(l => l.FirstByteMs).Order()], whole = [.. looks.Select(l => l.WholeMs).Order()];
        run.Say($"{what}: {whole[whole.Length / 2]:F1} ms");
        return
        [
            what, $"{looks.Count}", Text(begun[begun.Length / 2]), Text(whole[whole.Length / 2]), Text(whole[(int)(whole.Length * 0.99)]), Text(used),
            looks.Average(l => l.Bytes / 1000d).ToString("F0", CultureInfo.InvariantCulture),
        ];
    }

    /// <exception cref="IOException">The page has no picture: there would be nothing to measure.</exception>
    private static async Task<Look> LookAsync(ServerProcess server, int number, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await server.Http.GetAsync(new Uri($"/objectives/svc-{number}-availability", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop);
        var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var page = await answer.Content.ReadAsStringAsync(stop);
        var whole = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode || !page.Contains("data-name=\"budget left\"", StringComparison.Ordinal))
            throw new IOException($"The page of an objective came without its picture (HTTP {(int)answer.StatusCode}).");
        return new(first, whole, page.Length);
    }

    private static string Text(double milliseconds) => milliseconds.ToString("F1", CultureInfo.InvariantCulture);

    private sealed record Look(double FirstByteMs, double WholeMs, int Bytes);
}
