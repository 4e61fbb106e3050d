using Nines.Measuring.Objectives;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>
/// The rules of semantics.md written the slow way: every window is a loop over its minutes, nothing is kept between
/// two evaluations but the verdicts. The engine must say the same.
/// </summary>
internal sealed class NaiveEngine(Objective objective)
{
    // One read a minute, and half a minute late at the most.
    private const long PatienceMs = 90_000;

    private readonly BurnPlan _plan = BurnPlan.For(objective);
    private readonly SortedDictionary<long, (double Bad, double Total, bool Covered)> _minutes = [];

    private long _readMs;
    private long _birthMs;

    public ulong Verdicts { get; private set; }

    /// <summary>The first read of a counter, before any other: what was before it nobody knows.</summary>
    public void Begin(long unixMs) => (_readMs, _birthMs) = (unixMs, unixMs);

    public void Add(long minute, double bad, double total, long unixMs, bool covered = true)
    {
        _readMs = Math.Max(_readMs, unixMs);
        if (unixMs <= _birthMs) _birthMs = 0;
        var before = _minutes.GetValueOrDefault(minute);
        _minutes[minute] = (before.Bad + bad, before.Total + total, before.Covered || covered);
    }

    /// <summary>Steps to the full minute at which <paramref name="next"/> begins.</summary>
    public void Step(long next)
    {
        var expected = objective.Policy.BudgetConsumed ? Budget(next).Expected : 0;
        ulong verdicts = 0;
        for (var i = 0; i < _plan.Rules.Count; i++)
        {
            var rule = _plan.Rules[i];
            var longWindow = Window(next, rule.LongMinutes);
            var shortWindow = Window(next, rule.ShortMinutes);
            bool holds;
            if (shortWindow.Total <= 0) holds = (Verdicts >> i & 1) != 0;
            else if (objective.Policy.BudgetConsumed && !rule.Inclusive)
                holds = Spends(longWindow.Bad, rule, rule.LongMinutes, expected) && Spends(shortWindow.Bad, rule, rule.ShortMinutes, expected);
            else holds = rule.Exceeds(longWindow.Alert) && rule.Exceeds(shortWindow.Alert);
            if (holds) verdicts |= 1UL << i;
        }

        Verdicts = verdicts;
    }

    /// <summary>Sums of a window that ends where <paramref name="next"/> begins.</summary>
    public (double Bad, double Total, double Covered, double Ratio, double Alert) Window(long next, int minutes)
    {
        double bad = 0, total = 0, covered = 0;
        for (var m = next - minutes; m < next; m++)
        {
            if (CellOf(m, next) is not { } cell) continue;
            (bad, total, covered) = (bad + cell.Bad, total + cell.Total, covered + (cell.Covered ? 1 : 0));
        }

        covered = Math.Clamp(covered - Unborn(next - minutes) + Grace(next), 0, minutes);
        var ratio = total <= 0 ? 0 : Math.Clamp(bad / total, 0, 1);
        return (bad, total, covered, ratio, covered <= 0 ? 0 : ratio * covered / minutes);
    }

    public (double Remaining, double Expected) Budget(long next)
    {
        var period = (int)objective.Window.Nominal.TotalMinutes;
        var all = Window(next, period);
        var slice = objective.Method == BudgetingMethod.Occurrences ? 0 : (int)objective.TimeSliceWindow.TotalMinutes;
        double expected;
        if (slice == 0) expected = all.Covered <= 0 ? 0 : all.Total * period / all.Covered;
        else
        {
            var birth = _minutes.Where(m => m.Value.Total > 0 && Slice(m.Key, slice) + slice <= next).Select(m => (long?)Slice(m.Key, slice)).FirstOrDefault() ?? next;
            var lived = next - Math.Max(next - period, birth);
            expected = (period - Math.Max(0, lived - all.Covered)) / slice;
        }

        return (expected <= 0 ? 1 : 1 - (Math.Clamp(all.Bad, 0, all.Total) / (objective.Budget * expected)), expected);
    }

    private bool Spends(double bad, BurnRule rule, int minutes, double expected) =>
        bad > rule.Factor * minutes / objective.Window.Nominal.TotalMinutes * objective.Budget * expected * (1 + 1e-12);

    /// <summary>A minute as the method counts it: plain, or the whole slice in its last minute; null without data.</summary>
    private (double Bad, double Total, bool Covered)? CellOf(long minute, long next)
    {
        if (objective.Method == BudgetingMethod.Occurrences) return _minutes.TryGetValue(minute, out var cell) ? cell : null;
        var slice = (int)objective.TimeSliceWindow.TotalMinutes;
        var start = Slice(minute, slice);
        if (start + slice > next) return null;
        double bad = 0, total = 0;
        for (var m = start; m < start + slice; m++)
            if (_minutes.TryGetValue(m, out var part)) (bad, total) = (bad + part.Bad, total + part.Total);
        if (total <= 0) return null;
        if (minute != start + slice - 1) return (0, 0, true);
        var ratio = 1 - Math.Clamp(bad / total, 0, 1);
        return objective.Method == BudgetingMethod.RatioTimeslices ? (1 - ratio, 1, true) : (ratio >= objective.TimeSliceTarget - 1e-12 ? 0 : 1, 1, true);
    }

    private double Unborn(long from)
    {
        var first = (_birthMs - 1) / 60_000;
        return _birthMs > 0 && objective.Method == BudgetingMethod.Occurrences && from <= first && _minutes.ContainsKey(first) ? (_birthMs - Minute(first)) / 60_000.0 : 0;
    }

    /// <summary>Minutes since the newest data count as covered while their slice is not over or the next read is on its way.</summary>
    private double Grace(long next)
    {
        if (_minutes.Count == 0) return 0;
        var slice = objective.Method == BudgetingMethod.Occurrences ? 0 : (int)objective.TimeSliceWindow.TotalMinutes;
        var newest = _minutes.Keys.Last();
        if (slice > 0)
        {
            var any = _minutes.Where(m => m.Value.Total > 0 && Slice(m.Key, slice) + slice <= next).Select(m => (long?)m.Key).LastOrDefault();
            if (any is null) return 0;
            newest = Slice(any.Value, slice) + slice - 1;
        }

        var gap = next - newest - 1;
        return gap < slice || (Minute(next) - _readMs <= PatienceMs && gap * 60_000 <= PatienceMs + (slice * 60_000)) ? gap : 0;
    }

    private static long Minute(long minute) => minute * 60_000;

    private static long Slice(long minute, int slice) => minute - (minute % slice);
}
