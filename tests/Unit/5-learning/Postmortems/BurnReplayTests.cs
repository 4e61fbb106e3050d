using FsCheck.Fluent;
using Nines.Learning.Postmortems;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Tests.Unit.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

/// <summary>The replay by running sums against the engine itself, and against sums made one by one.</summary>
public sealed class BurnReplayTests
{
    [Fact]
    public void Pages_RandomTraffic_EqualTheEnginesPages() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => CompareWithTheEngine(new(seed))).Hold(40);

    [Fact]
    public void Pages_RandomTraffic_EqualSumsMadeOneByOne() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => CompareWithBruteForce(new(seed))).Hold(40);

    private static void CompareWithTheEngine(Random random)
    {
        var (bad, total) = Traffic(random, holes: false);
        BurnPolicy[] policies = [BurnPolicy.Shipped, BurnPolicy.FastMediumSlow, new("own", [new(BurnSeverity.Page, Duration.FromMinutes(30), Duration.FromMinutes(5)) { Factor = 3 }]) { Written = true }];
        var objective = Scenario.Availability() with { Policy = policies[random.Next(3)] };
        var run = new Backtest([objective]);
        run.Book.Open(objective.Indicator! with { Interval = Duration.FromMinutes(1) });
        for (var i = 0; i < total.Length; i++)
        {
            var at = Minute.EndMs(Scenario.Onset + i);
            run.Book.Fresh(0, at);
            if (i == 0) run.Book.Fresh(0, Minute.StartMs(Scenario.Onset));
            run.Book.Add(0, StreamRole.Total, at, total[i]);
            run.Book.Add(0, StreamRole.Bad, at, bad[i]);
            run.Close(Scenario.Onset + i);
        }

        var told = run.Result().Alerts.Where(a => a is { Severity: BurnSeverity.Page, Suppressed: false }).Select(a => $"{a.Start} {a.End}").ToArray();
        var rules = BurnPlan.For(objective).Rules.Where(r => r.Severity == BurnSeverity.Page).ToArray();
        var replayed = BurnReplay.Pages(new(Instant.FromUnixTimeMilliseconds(Minute.StartMs(Scenario.Onset)), bad, total), rules, objective.MinFailures).Select(p => $"{p.At} {p.Until}").ToArray();
        Assert.Equal(told, replayed);
    }

    private static void CompareWithBruteForce(Random random)
    {
        var (bad, total) = Traffic(random, holes: true);
        var objective = Scenario.Availability();
        var rules = BurnPlan.For(objective).Rules.Where(r => r.Severity == BurnSeverity.Page).ToArray();
        var from = Instant.FromUtc(2026, 11, 1, 0, 0);
        Assert.Equal(BruteForce(bad, total, rules, objective.MinFailures, from), BurnReplay.Pages(new(from, bad, total), rules, objective.MinFailures));
    }

    private static List<ReplayedPage> BruteForce(double[] bad, double[] total, BurnRule[] rules, int minFailures, Instant from)
    {
        var (pages, held, firing, ended, reopen) = (new List<ReplayedPage>(), new bool[rules.Length], false, -1, 15);
        for (var end = 1; end <= total.Length; end++)
        {
            for (var i = 0; i < rules.Length; i++)
                if (Window(rules[i].ShortMinutes).Total > 0) held[i] = rules[i].Exceeds(Window(rules[i].LongMinutes).Ratio) && rules[i].Exceeds(Window(rules[i].ShortMinutes).Ratio);
            var first = Array.FindIndex(rules, r => held[Array.IndexOf(rules, r)] && Window(r.LongMinutes).Bad >= Math.Max(minFailures, r.MinFailures) - 1e-6);
            var fires = held.Any(h => h) && (firing || first >= 0);
            var at = from + Duration.FromMinutes(end);
            if (fires && !firing && ended >= 0 && end - ended <= reopen) pages[^1] = pages[^1] with { Until = null };
            else if (fires && !firing)
            {
                pages.Add(new(at, null));
                reopen = Math.Max(15, rules[first].ShortMinutes);
            }
            else if (!fires && firing)
            {
                pages[^1] = pages[^1] with { Until = at };
                ended = end;
            }

            firing = fires;

            (double Bad, double Total, double Ratio) Window(int minutes)
            {
                var (b, t, known) = (0.0, 0.0, 0);
                for (var m = Math.Max(0, end - minutes); m < end; m++)
                {
                    if (double.IsNaN(total[m])) continue;
                    (b, t, known) = (b + bad[m], t + total[m], known + 1);
                }

                return (b, t, t > 0 ? b / t * Math.Min(1, (double)known / minutes) : 0);
            }
        }

        return pages;
    }

    private static (double[] Bad, double[] Total) Traffic(Random random, bool holes)
    {
        var count = random.Next(200, 900);
        var (bad, total, errors) = (new double[count], new double[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(40) == 0) errors = random.Next(3) switch { 0 => 0, 1 => random.NextDouble(), _ => random.NextDouble() * 0.05 };
            total[i] = 100 + random.Next(0, 400);
            bad[i] = Math.Floor(total[i] * errors);
            if (!holes || random.Next(60) != 0) continue;
            for (var hole = random.Next(1, 30); hole > 0 && i < count; hole--, i++) (bad[i], total[i]) = (double.NaN, double.NaN);
            i--;
        }

        return (bad, total);
    }
}
