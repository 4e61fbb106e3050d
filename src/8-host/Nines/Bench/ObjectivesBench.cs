using System.Diagnostics;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Storage;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>
/// The engine alone: N objectives of 99.9 % over 30 days with the shipped policy, all windows, budgets and alerts of
/// each in every cycle, history in the embedded store.
/// </summary>
internal sealed class ObjectivesBench : Benchmark
{
    private const int BlockMinutes = 128;
    private const int CycleMs = 30_000;

    public override string Name => "objectives";

    public override string Summary => "One cycle of 30 s over N objectives (99.9 %, 30 d, shipped policy): sums added, all windows, budget and alerts evaluated.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        (int Objectives, int Days)[] sizes = run.Quick ? [(100, 1)] : [(100, 30), (500, 30), (1_000, 30), (10_000, 4), (100_000, 1)];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (objectives, days) in sizes) rows.Add(await MeasureAsync(run, objectives, days));
        return new(
            Name, Summary,
            ["objectives", "history", "evaluate µs each", "with sums µs each", "cycle CPU s", "heap kB each", "resident MiB", "disk B a minute"],
            rows,
            [
                "One thread. A cycle may last 30 s a core.",
                "Minutes older than memory holds are read back from disk by the windows' far edges, as in the server.",
                "Larger sets have a shorter history here only to bound the time of filling; the cost of a cycle does not depend on it.",
            ]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, int objectives, int days)
    {
        var folder = Path.Combine(run.Scratch, $"n{objectives}");
        await using var store = await Store.OpenAsync(new(folder), run.Stop);
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var end = run.Clock.UnixMs() / 60_000 * 60_000;
        run.Say($"{objectives:N0} objectives: filling {days} days");
        var (engine, book) = await FillAsync(store, objectives, days, end, run.Stop);
        var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / ((double)objectives * days * 1440);
        var (evaluate, all, cpu) = Cycles(engine, book, objectives, end, run.Quick ? 4 : 20);
        var heap = (GC.GetTotalMemory(forceFullCollection: true) - heapBefore) / 1024d / objectives;
        run.Say($"{objectives:N0} objectives: {evaluate:F2} µs each");
        return
        [
            $"{objectives:N0}", $"{days} d", $"{evaluate:F2}", $"{all:F2}", $"{cpu:F4}", $"{heap:F1}", $"{Machine.ResidentMiB():F0}", $"{bytes:F1}",
        ];
    }

    /// <summary>Traffic of so many days, minute by minute, kept in the store; the engine that has it in its windows.</summary>
    internal static async Task<(ObjectiveEngine Engine, IndicatorBook Book)> FillAsync(Store store, int objectives, int days, long end, CancellationToken stop)
    {
        var book = new IndicatorBook(new Kept(store.Signals), name => store.Signals.StreamIdAsync(name, stop).AsTask().GetAwaiter().GetResult());
        var engine = new ObjectiveEngine(book, new SignalHub(), [new Fixed(objectives)]);
        engine.Refresh(HouseState.Empty([new ObjectivesFold()]));
        for (var at = end - (days * 86_400_000L); at < end; at += 60_000)
        {
            AddAll(book, objectives, at, 600);
            if (at / 60_000 % BlockMinutes == 0) await KeepAsync(book, store.Signals, stop);
        }

        await KeepAsync(book, store.Signals, stop);
        return (engine, book);
    }

    /// <summary>Cycles after the history: the first one, which reads every far edge from disk, is not counted.</summary>
    private static (double EvaluateMicroseconds, double AllMicroseconds, double CpuSeconds) Cycles(ObjectiveEngine engine, IndicatorBook book, int objectives, long from, int cycles)
    {
        var news = new List<object>();
        engine.EvaluateAll(Instant.FromUnixTimeMilliseconds(from), news);
        long adding = 0, evaluating = 0;
        var cpu = Machine.CpuSeconds();
        for (var i = 1; i <= cycles; i++)
        {
            var now = from + (i * (long)CycleMs);
            var began = Stopwatch.GetTimestamp();
            AddAll(book, objectives, now - 1, 300);
            var added = Stopwatch.GetTimestamp();
            engine.EvaluateAll(Instant.FromUnixTimeMilliseconds(now), news);
            adding += added - began;
            evaluating += Stopwatch.GetTimestamp() - added;
        }

        var each = 1e6 / Stopwatch.Frequency / cycles / objectives;
        return (evaluating * each, (adding + evaluating) * each, (Machine.CpuSeconds() - cpu) / cycles);
    }

    /// <summary>Traffic of one moment: one failure in a while, as in life.</summary>
    private static void AddAll(IndicatorBook book, int objectives, long unixMs, double total)
    {
        lock (book.Gate)
        {
            for (var i = 0; i < objectives; i++)
            {
                var bad = (unixMs / 60_000) + i is var turn && turn % 7 == 0 ? 1 : 0;
                book.Add(i, StreamRole.Total, unixMs, total + (turn % 32));
                book.Add(i, StreamRole.Good, unixMs, total + (turn % 32) - bad);
            }
        }
    }

    private static async Task KeepAsync(IndicatorBook book, ISignalStore store, CancellationToken stop)
    {
        var blocks = new List<SignalBlock>();
        for (var i = 0; i < book.Count; i++)
        {
            var stream = book.StreamOf(i);
            stream.TakeBlocks((block, data) => blocks.Add(new(stream.Id, block, data)));
        }

        await store.CheckpointAsync(new(0, blocks, []), stop);
        for (var i = 0; i < book.Count; i++) book.StreamOf(i).BlocksKept();
    }

    private sealed class Kept(ISignalStore store) : IBlockSource
    {
        public byte[]? Read(int stream, int block) => store.ReadBlockAsync(stream, block, CancellationToken.None).AsTask().GetAwaiter().GetResult();

        public IReadOnlyList<int> BlocksOf(int stream) => store.BlockNumbersAsync(stream, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private sealed class Fixed(int count) : IObjectiveDefinitions
    {
        private readonly IReadOnlyList<Objective> _all =
        [
            .. Enumerable.Range(0, count).Select(i => new Objective
            {
                Name = $"svc-{i}-availability",
                Slo = $"svc-{i}-availability",
                Service = $"svc-{i}",
                Target = 0.999,
                Window = new RollingWindow(Duration.FromDays(30)),
                Indicator = new RatioIndicator(
                    $"svc-{i}-availability", MetricQuery.Native($"http_requests_total{{job=\"svc-{i}\",code!~\"5..\"}}"), null,
                    MetricQuery.Native($"http_requests_total{{job=\"svc-{i}\"}}"), Counter: true),
            }),
        ];

        public IReadOnlyList<Objective> From(HouseState state) => _all;
    }
}
