using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Interop.Objectives;

/// <summary>
/// Random shapes of failure through Sloth-style rules under Prometheus itself (<c>promtool test rules</c>, Debian package
/// <c>prometheus</c>): every condition of Nines begins and ends in the same minute.
/// </summary>
public sealed class PrometheusConditionsTests
{
    private const int History = 73 * 60;
    private const int Tail = 500;
    private static readonly string[] Windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];

    /// <summary>Three shapes in the normal run, fifteen in a long one.</summary>
    public static IEnumerable<object[]> Shapes() => Enumerable.Range(1, LongRun.Of(3, 15)).Select(seed => new object[] { seed, seed % 3 == 0 ? 0.995 : seed % 3 == 1 ? 0.999 : 0.99 });

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Conditions_RandomFailures_BeginAndEndAsUnderPrometheus(int seed, double target)
    {
        var minutes = Shape(new(seed), target);
        var conditions = Nines(minutes, target);
        // A shape in which nothing holds is a shape too; those of the normal run are known to hold something.
        Assert.True(seed > 3 || conditions.Count > 0, "nothing holds in this shape");
        LongRun.Count("random shapes of failure beside promtool", 1);
        var folder = Directory.CreateTempSubdirectory("nines-promtool-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yaml"), JsonSerializer.Serialize(Rules(target)));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "test.yaml"), JsonSerializer.Serialize(Test(minutes, conditions)));
            var (exit, output) = await PromtoolAsync(folder.FullName);
            Assert.True(exit == 0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Total and bad of each minute: clean history, then bursts, slow burns and rests; day and night.</summary>
    private static List<(int Total, int Bad)> Shape(Random random, double target)
    {
        var minutes = Enumerable.Repeat((6000, 0), History).ToList();
        for (var burst = 0; burst < 4; burst++)
        {
            var ratio = random.Next(3) switch { 0 => 1.0, 1 => (1 - target) * random.Next(8, 60), _ => random.NextDouble() };
            var total = random.Next(2) == 0 ? 6000 : 600;
            minutes.AddRange(Enumerable.Repeat((total, (int)(total * Math.Min(1, ratio))), random.Next(2, 40)));
            minutes.AddRange(Enumerable.Repeat((total, 0), random.Next(5, 200)));
        }

        minutes.AddRange(Enumerable.Repeat((6000, 0), Tail));
        return minutes;
    }

    private static IReadOnlyList<BacktestCondition> Nines(List<(int Total, int Bad)> minutes, double target)
    {
        var run = new Backtest([new()
        {
            Name = "a",
            Slo = "a",
            Service = "a",
            Target = target,
            Window = new RollingWindow(Duration.FromDays(30)),
            Indicator = new RatioIndicator("a", null, MetricQuery.Native("b"), MetricQuery.Native("t"), true),
        }]);
        for (var m = 0; m < minutes.Count; m++)
        {
            run.Book.Add(0, StreamRole.Total, Minute.EndMs(m), minutes[m].Total);
            if (minutes[m].Bad > 0) run.Book.Add(0, StreamRole.Bad, Minute.EndMs(m), minutes[m].Bad);
            run.Close(m);
        }

        return run.Result().Conditions;
    }

    private static object Rules(double target)
    {
        var budget = Math.Round(1 - target, 6).ToString(CultureInfo.InvariantCulture);
        var rules = Windows.Select(w => (object)new
        {
            record = "e:" + w,
            expr = $"sum(rate(errors_total[{w}])) / sum(rate(requests_total[{w}]))",
        }).ToList();
        rules.Add(new { record = "holds:page", expr = Severity(budget, (14.4, "5m", "1h"), (6, "30m", "6h")) });
        rules.Add(new { record = "holds:ticket", expr = Severity(budget, (3, "2h", "1d"), (1, "6h", "3d")) });
        return new { groups = new[] { new { name = "a", rules } } };
    }

    private static string Severity(string budget, params (double Factor, string Short, string Long)[] pairs) =>
        string.Join(" or ", pairs.Select(p => string.Create(CultureInfo.InvariantCulture, $"(e:{p.Short} > {p.Factor} * {budget} and e:{p.Long} > {p.Factor} * {budget})")));

    private static object Test(List<(int Total, int Bad)> minutes, IReadOnlyList<BacktestCondition> conditions)
    {
        var probes = new SortedSet<(int Minute, string Severity)>();
        foreach (var severity in (string[])["page", "ticket"])
            for (var m = History - 2; m <= minutes.Count; m += 37) probes.Add((m, severity));
        foreach (var c in conditions)
        {
            var severity = c.Severity.ToString().ToLowerInvariant();
            var (start, end) = (MinuteOf(c.Start), c.End is { } ended ? MinuteOf(ended) : minutes.Count);
            foreach (var m in (int[])[start - 1, start, end - 1, end]) probes.Add((Math.Min(m, minutes.Count), severity));
        }

        return new
        {
            rule_files = (string[])["rules.yaml"],
            evaluation_interval = "1m",
            tests = new[]
            {
                new
                {
                    interval = "1m",
                    input_series = new[]
                    {
                        new { series = "requests_total", values = Counter(minutes.Select(m => m.Total)) },
                        new { series = "errors_total", values = Counter(minutes.Select(m => m.Bad)) },
                    },
                    promql_expr_test = probes.Select(p => new
                    {
                        expr = $"count(holds:{p.Severity}) or vector(0)",
                        eval_time = $"{p.Minute}m",
                        exp_samples = new[] { new { value = Holds(conditions, p.Minute, p.Severity) ? 1 : 0 } },
                    }).ToArray(),
                },
            },
        };
    }

    private static bool Holds(IReadOnlyList<BacktestCondition> conditions, int minute, string severity) => conditions.Any(c =>
        c.Severity.ToString().Equals(severity, StringComparison.OrdinalIgnoreCase) && MinuteOf(c.Start) <= minute && (c.End is null || minute < MinuteOf(c.End.Value)));

    private static int MinuteOf(Instant at) => (int)(at.ToUnixTimeSeconds() / 60);

    /// <summary>Increases as promtool's notation: runs of equal steps.</summary>
    private static string Counter(IEnumerable<int> increases)
    {
        var text = new List<string> { "0" };
        long value = 0;
        foreach (var run in Runs(increases))
        {
            text.Add($"{value + run.Step}+{run.Step}x{run.Count - 1}");
            value += (long)run.Step * run.Count;
        }

        return string.Join(' ', text);
    }

    private static List<(int Step, int Count)> Runs(IEnumerable<int> increases)
    {
        var runs = new List<(int Step, int Count)>();
        foreach (var step in increases)
            if (runs.Count > 0 && runs[^1].Step == step) runs[^1] = (step, runs[^1].Count + 1);
            else runs.Add((step, 1));
        return runs;
    }

    private static async Task<(int Exit, string Output)> PromtoolAsync(string folder)
    {
        var start = new ProcessStartInfo("promtool", ["test", "rules", "test.yaml"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("promtool is missing: install the package \"prometheus\".", e);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
    }
}
