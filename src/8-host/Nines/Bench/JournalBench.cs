using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Storage;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>
/// Journal appends per second, one at a time and in groups, directly and through the house, against what the disk itself
/// does: a write and a flush of the same size.
/// </summary>
internal sealed class JournalBench : Benchmark
{
    private static readonly BurnAlertEnded Sample = new(
        "01k9mzq4s2d8v7t3x5c6b7n8m9", "checkout-availability", "checkout", BurnSeverity.Page, Instant.FromUnixTimeSeconds(1_800_000_000), "burn 0.4 over 5m and 3.1 over 1h, below 14.4");

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EachQuick = TimeSpan.FromMilliseconds(150);

    public override string Name => "journal";

    public override string Summary => "Journal appends, durable when answered, beside the disk's own flush rate";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var each = run.Quick ? EachQuick : Each;
        var rows = new List<JournalRate> { Disk(run.Scratch, each) };
        foreach (var group in (int[])[1, 8, 64, 512])
        {
            run.Say($"journal, groups of {group}");
            rows.Add(await DirectAsync(Path.Combine(run.Scratch, "direct" + group), group, each, run.Stop));
        }

        foreach (var callers in (int[])[1, 8, 64, 512])
        {
            run.Say($"house, {callers} callers");
            rows.Add(await HouseAsync(Path.Combine(run.Scratch, "house" + callers), callers, each, run));
        }

        return new(
            Name, Summary, ["what", "entries/s", "commits/s", "p50 ms", "p99 ms"], [.. rows.Select(r => r.Cells())],
            [$"Entries of {EventCatalog.Write(Sample).Length} bytes; a commit is answered after its flush. The house decides, folds, commits and publishes each command."]);
    }

    /// <summary>The floor: one block written and flushed, as a write-ahead log does.</summary>
    private static JournalRate Disk(string folder, TimeSpan each)
    {
        using var handle = File.OpenHandle(Path.Combine(folder, "disk"), FileMode.CreateNew, FileAccess.Write);
        var block = new byte[4096];
        var times = new List<double>();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < each;)
        {
            var at = Stopwatch.GetTimestamp();
            Write(handle, block, times.Count);
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return JournalRate.Of("disk: write 4 kB and flush", times, 1);
    }

    private static void Write(SafeFileHandle handle, byte[] block, int number)
    {
        RandomAccess.Write(handle, block, number * (long)block.Length);
        DiskFlush.Data(handle);
    }

    private static async Task<JournalRate> DirectAsync(string folder, int group, TimeSpan each, CancellationToken stop)
    {
        await using var store = await Store.OpenAsync(new(folder), stop);
        var entries = Enumerable.Range(0, group).Select(i => Entry(i)).ToArray();
        var times = new List<double>();
        var head = 0L;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < each;)
        {
            var at = Stopwatch.GetTimestamp();
            head = (await store.Journal.AppendAsync(head, entries, stop)).Head;
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return JournalRate.Of(group == 1 ? "journal: one at a time" : $"journal: {group} in one append", times, group);
    }

    private static async Task<JournalRate> HouseAsync(string folder, int callers, TimeSpan each, BenchRun run)
    {
        await using var store = await Store.OpenAsync(new(folder), run.Stop);
        await using var house = new House(
            store.Journal, new EventCatalog([typeof(BurnAlertEnded)]), [], [], new IdSource(), run.Clock, NullLogger<House>.Instance);
        await house.StartAsync(run.Stop);
        var began = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => CallAsync(house, caller, began, each)));
        return JournalRate.Of(callers == 1 ? "house: one caller" : $"house: {callers} callers", [.. times.SelectMany(t => t)], 1, each);
    }

    private static async Task<List<double>> CallAsync(House house, int caller, long began, TimeSpan each)
    {
        var stream = new StreamName("bench", caller.ToString(CultureInfo.InvariantCulture));
        var times = new List<double>();
        while (Stopwatch.GetElapsedTime(began) < each)
        {
            var at = Stopwatch.GetTimestamp();
            await house.DecideAsync<bool>(Actor.Local, deciding =>
            {
                deciding.Write(stream, Sample);
                return true;
            });
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return times;
    }

    private static NewEntry Entry(int stream) => new(
        new("bench", (stream % 64).ToString(CultureInfo.InvariantCulture)), "objectives.burn-alert-ended.v1", Instant.FromUnixTimeSeconds(1_800_000_000), "local", 0, -1, null, EventCatalog.Write(Sample));
}

/// <summary>One line of the journal's table.</summary>
/// <param name="What">What was done.</param>
/// <param name="Entries">Entries a second.</param>
/// <param name="Commits">Commits a second; negative where callers share them.</param>
/// <param name="P50">Median wait of a caller, in milliseconds.</param>
/// <param name="P99">99th percentile of it.</param>
internal sealed record JournalRate(string What, double Entries, double Commits, double P50, double P99)
{
    public static JournalRate Of(string what, List<double> milliseconds, int entriesEach, TimeSpan? shared = null)
    {
        var seconds = shared?.TotalSeconds ?? milliseconds.Sum() / 1000;
        milliseconds.Sort();
        var rate = milliseconds.Count / seconds;
        return new(what, rate * entriesEach, shared is null ? rate : -1, milliseconds[milliseconds.Count / 2], milliseconds[(int)(milliseconds.Count * 0.99)]);
    }

    public IReadOnlyList<string> Cells() =>
    [
        What, Entries.ToString("0", CultureInfo.InvariantCulture), Commits < 0 ? "shared" : Commits.ToString("0", CultureInfo.InvariantCulture),
        P50.ToString("0.00", CultureInfo.InvariantCulture), P99.ToString("0.00", CultureInfo.InvariantCulture),
    ];
}
