using System.Globalization;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Storage;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>How long a start takes and how much memory it leaves: empty, over a long journal, and over its snapshot.</summary>
internal sealed class StartBench : Benchmark
{
    private const int Objectives = 2_000;
    private const int BatchSize = 2_000;

    public override string Name => "start";

    public override string Summary => "Start of the server until it is ready, and its memory then";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var entries = run.Quick ? 2_000 : 1_000_000;
        var rows = new List<IReadOnlyList<string>> { await StartAsync("empty", Path.Combine(run.Scratch, "empty"), run) };
        var data = Path.Combine(run.Scratch, "full");
        run.Say($"writing {entries} entries");
        await FillAsync(data, entries, run.Stop);
        rows.Add(await StartAsync($"{entries} journal entries, all folded", data, run));
        rows.Add(await StartAsync($"{entries} journal entries, from the snapshot", data, run));
        return new(
            Name, Summary, ["journal", "ready after s", "CPU s", "resident MiB", "on disk MiB"], rows,
            [$"The entries are burn alerts that fired and ended, over {Objectives} objectives. The first start keeps a snapshot; each later one folds only what came after."]);
    }

    private static async Task<string[]> StartAsync(string what, string data, BenchRun run)
    {
        run.Say($"starting: {what}");
        await using var server = await ServerProcess.StartAsync(data, run.Clock, run.Stop);
        string[] cells =
        [
            what, Number(server.ReadyAfterSeconds, "0.00"), Number(server.CpuSeconds, "0.00"), Number(server.ResidentMiB, "0"),
            Number(new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1048576.0, "0.0"),
        ];
        // The snapshot is the first thing a duty does; the next start shall find it.
        await Task.Delay(TimeSpan.FromSeconds(run.Quick ? 1 : 10), run.Clock, run.Stop);
        return cells;
    }

    private static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);

    private static async Task FillAsync(string data, int entries, CancellationToken stop)
    {
        await using var store = await Store.OpenAsync(new(data), stop);
        var head = 0L;
        for (var i = 0; i < entries; i += BatchSize)
            head = (await store.Journal.AppendAsync(head, [.. Enumerable.Range(i, BatchSize).Select(Entry)], stop)).Head;
    }

    private static NewEntry Entry(int number)
    {
        var objective = string.Create(CultureInfo.InvariantCulture, $"bench-{number / 2 % Objectives}");
        var at = Instant.FromUnixTimeSeconds(1_790_000_000) + Duration.FromSeconds(number);
        var alert = string.Create(CultureInfo.InvariantCulture, $"alert-{number / 2}");
        object happened = number % 2 == 0
            ? new BurnAlertFired(alert, objective, "bench", BurnSeverity.Page, "shipped", default, at, "1h and 5m", 20.5, 0.61, Duration.FromMinutes(15), "burn 20.5 over 1h and 22.1 over 5m, both above 14.4")
            : new BurnAlertEnded(alert, objective, "bench", BurnSeverity.Page, at, "burn 0.4 over 5m, below 14.4");
        var type = number % 2 == 0 ? "objectives.burn-alert-fired.v1" : "objectives.burn-alert-ended.v1";
        return new(new("objective", objective), type, at, "duty:objectives.evaluate", 0, -1, null, EventCatalog.Write(happened));
    }
}
