using FsCheck.Fluent;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>The engine against the slow rules, over random traffic, holes, late events, methods, targets and windows.</summary>
public sealed class EngineAgainstNaiveTests
{
    [Fact]
    public void Evaluate_RandomTraffic_EqualsTheSlowRulesTo1e9() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Compare(new(seed))).Hold(25);

    private static void Compare(Random random)
    {
        var objective = AnyObjective(random);
        var run = new Backtest([objective]);
        var naive = new NaiveEngine(objective);
        // A fixed interval, so that both sides wait as long for the next read.
        run.Book.Open(objective.Indicator! with { Interval = Duration.FromMinutes(1) });
        var minute = Scenario.Onset + random.Next(1000);
        var end = minute + random.Next(20, 900);
        var level = Math.Pow(10, random.Next(0, 5));
        var errors = 0.0;
        if (random.Next(2) == 0)
        {
            var at = Minute.StartMs(minute) - random.Next(0, 59_000);
            run.Book.Fresh(0, at);
            naive.Begin(at);
            if (random.Next(2) == 0) minute--;
        }

        while (minute < end)
        {
            if (random.Next(50) == 0) errors = random.Next(3) switch { 0 => 0, 1 => random.NextDouble(), _ => random.NextDouble() * 0.02 };
            if (random.Next(120) == 0) level = Math.Pow(10, random.Next(0, 5));
            if (random.Next(80) != 0)
            {
                Put(run, naive, random, minute, level, errors);
                if (random.Next(60) == 0) Put(run, naive, random, minute - random.Next(1, 400), level, errors);
            }
            else
            {
                // Shorter ones are late reads, which the engine takes for covered; so nothing late may come while one lasts and leave a shorter one.
                for (var hole = random.Next(6, 90); hole > 0; hole--) Close(run, naive, minute++);
            }

            Close(run, naive, minute++);
            if (random.Next(12) == 0) AssertSame(run, naive, objective, minute);
        }
    }

    private static Objective AnyObjective(Random random)
    {
        double[] targets = [0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999];
        int[] minutes = [60, 1440, 3 * 1440, 7 * 1440];
        var method = (BudgetingMethod)random.Next(3);
        var objective = Scenario.Availability(target: targets[random.Next(targets.Length)]) with
        {
            Window = new RollingWindow(Duration.FromMinutes(minutes[random.Next(minutes.Length)])),
            Method = method,
            TimeSliceTarget = random.Next(2) == 0 ? 0.95 : 0.99,
            TimeSliceWindow = Duration.FromMinutes(random.Next(3) switch { 0 => 5, 1 => 15, _ => 1 }),
        };
        return random.Next(3) == 0 ? objective with { Policy = BurnPolicy.Shipped with { BudgetConsumed = true } } : objective;
    }

    private static void Put(Backtest run, NaiveEngine naive, Random random, long minute, double level, double errors)
    {
        var total = random.Next(8) == 0 ? 0 : Math.Round(level * random.NextDouble()) / (random.Next(5) == 0 ? 3 : 1);
        var bad = total * errors;
        var at = Minute.EndMs(minute) - random.Next(0, 59_000);
        run.Book.Add(0, StreamRole.Total, at, total);
        if (bad > 0) run.Book.Add(0, StreamRole.Bad, at, bad);
        naive.Add(minute, bad, total, at);
    }

    private static void Close(Backtest run, NaiveEngine naive, long minute)
    {
        run.Close(minute);
        naive.Step(minute + 1);
    }

    private static void AssertSame(Backtest run, NaiveEngine naive, Objective objective, long next)
    {
        var watched = run.Objectives.All[0];
        var now = new Evaluation();
        Evaluator.Evaluate(watched, Minute.StartMs(next), now);
        foreach (ref readonly var window in now.Windows)
        {
            var slow = naive.Window(next, window.Minutes);
            Near(slow.Total, window.Total, slow.Total, $"total of {window.Minutes}m");
            Near(Math.Max(0, slow.Bad), window.Bad, slow.Total, $"bad of {window.Minutes}m");
            Near(slow.Covered, window.Covered, 1, $"covered of {window.Minutes}m");
            Near(slow.Ratio, window.ErrorRatio, 1, $"ratio of {window.Minutes}m");
            Near(slow.Alert, window.AlertRatio, 1, $"alert ratio of {window.Minutes}m");
        }

        var budget = naive.Budget(next);
        Near(budget.Expected, now.Budget.Expected, budget.Expected, "expected");
        Near(budget.Remaining, now.Remaining, Math.Max(1, Math.Abs(budget.Remaining)), "remaining");
        Assert.True(naive.Verdicts == watched.Alerts.Verdicts, $"verdicts {naive.Verdicts} and {watched.Alerts.Verdicts} of {objective.Method} {objective.Target}");
    }

    private static void Near(double expected, double actual, double scale, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, scale), $"{what}: {expected} and {actual}");
}
