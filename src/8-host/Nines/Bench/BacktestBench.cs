using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>90 days of one objective through the engine on a simulated clock: as a command over a file, and the engine alone.</summary>
internal sealed class BacktestBench : Benchmark
{
    public override string Name => "backtest";

    public override string Summary => "90 days of one objective (99.9 %, 30 d, shipped policy), every minute evaluated, with an outage of 20 minutes a month.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (days, times) = run.Quick ? (2, 1) : (90, 3);
        var manifests = Path.Combine(run.Scratch, "shop.yaml");
        await File.WriteAllTextAsync(manifests, BenchManifests.Availability("shop", "job=\"shop\""), run.Stop);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var stepSeconds in (int[])[60, 15])
        {
            var file = Path.Combine(run.Scratch, $"{stepSeconds}.om");
            var samples = await WriteAsync(file, days, stepSeconds, run);
            rows.Add(await CommandAsync(run, $"command, a read every {stepSeconds} s", samples, times, manifests, file));
            rows.Add(Engine(run, $"engine alone, a read every {stepSeconds} s", days, stepSeconds, times));
        }

        return new(
            Name, Summary, ["what", "samples", "elapsed s", "CPU s", "evaluations"], rows,
            [
                $"The best of {times}. The command starts, reads manifests and OpenMetrics text, replays, and writes JSON; the engine alone begins with the samples in memory.",
            ]);
    }

    private static async Task<IReadOnlyList<string>> CommandAsync(BenchRun run, string what, int samples, int times, string manifests, string file)
    {
        var best = (Elapsed: double.MaxValue, Cpu: 0d);
        for (var i = 0; i < times; i++)
        {
            var took = await SelfProcess.RunAsync(["backtest", "--manifests", manifests, "--series", file, "--json"], run.Stop);
            if (!took.Output.Contains("\"alerts\"", StringComparison.Ordinal)) throw new IOException("The backtest printed no alerts.");
            if (took.ElapsedSeconds < best.Elapsed) best = (took.ElapsedSeconds, took.CpuSeconds);
        }

        run.Say($"{what}: {best.Elapsed:F2} s");
        return [what, $"{samples:N0}", Text(best.Elapsed), Text(best.Cpu), "every minute"];
    }

    private static IReadOnlyList<string> Engine(BenchRun run, string what, int days, int stepSeconds, int times)
    {
        var best = (Elapsed: double.MaxValue, Cpu: 0d, Samples: 0);
        for (var i = 0; i < times; i++)
        {
            var replay = new SeriesReplay(new Backtest([Objective()]));
            var samples = 0;
            foreach (var (labels, unixMs, value) in Samples(days, stepSeconds, run.Clock.UnixMs()))
            {
                replay.Take(new(labels, SampleKind.Counter, unixMs, value));
                samples++;
            }

            var (cpu, began) = (Machine.CpuSeconds(), Stopwatch.GetTimestamp());
            var result = replay.Run();
            var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (days > 30 && result.Alerts.Count == 0) throw new IOException("The backtest found no alert.");
            if (elapsed < best.Elapsed) best = (elapsed, Machine.CpuSeconds() - cpu, samples);
        }

        run.Say($"{what}: {best.Elapsed:F2} s");
        return [what, $"{best.Samples:N0}", Text(best.Elapsed), Text(best.Cpu), $"{days * 1440:N0}"];
    }

    private static async Task<int> WriteAsync(string file, int days, int stepSeconds, BenchRun run)
    {
        await using var text = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        await text.WriteAsync("# TYPE http_requests counter\n");
        var count = 0;
        foreach (var (labels, unixMs, value) in Samples(days, stepSeconds, run.Clock.UnixMs()).OrderBy(s => s.Labels.ToString(), StringComparer.Ordinal))
        {
            await text.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{labels} {value} {unixMs / 1000}\n"));
            count++;
        }

        await text.WriteAsync("# EOF\n");
        return count;
    }

    /// <summary>Two counters, some 10 requests a second with day and night; one in ten thousand fails, in an outage all.</summary>
    private static IEnumerable<(Labels Labels, long UnixMs, double Value)> Samples(int days, int stepSeconds, long nowMs)
    {
        var good = Labels.Of("http_requests_total", ("code", "200"), ("job", "shop"));
        var bad = Labels.Of("http_requests_total", ("code", "500"), ("job", "shop"));
        var (goods, bads) = (0d, 0d);
        var end = nowMs / 60_000 * 60_000;
        for (var at = end - (days * 86_400_000L); at <= end; at += stepSeconds * 1000L)
        {
            var requests = stepSeconds * Math.Round(10 + (6 * Math.Sin(at % 86_400_000L / 86_400_000d * Math.Tau)));
            var fails = at / 60_000 % (30 * 1440) < 20;
            goods += fails ? 0 : requests;
            bads += fails ? requests : at / 1000 % 600 == 0 ? 1 : 0;
            yield return (good, at, goods);
            yield return (bad, at, bads);
        }
    }

    private static Objective Objective() => new()
    {
        Name = "shop-availability",
        Slo = "shop-availability",
        Service = "shop",
        Target = 0.999,
        Window = new RollingWindow(Duration.FromDays(30)),
        Indicator = new RatioIndicator(
            "shop-requests", MetricQuery.Native("http_requests_total{job=\"shop\",code!~\"5..\"}"), null, MetricQuery.Native("http_requests_total{job=\"shop\"}"), Counter: true),
    };

    private static string Text(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);
}
