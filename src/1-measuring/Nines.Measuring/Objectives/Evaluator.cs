using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Reads every window and the budget of one objective at one instant. A few differences of running sums: no
/// allocation, and no cost that grows with a window's length.
/// </summary>
public static class Evaluator
{
    /// <summary>Fills <paramref name="result"/>. The caller holds the book's gate.</summary>
    public static void Evaluate(WatchedObjective watched, long nowMs, Evaluation result)
    {
        result.Begin(nowMs);
        foreach (var part in watched.Parts) part.Sync(nowMs);
        var budget = watched.Objective.Budget;
        for (var i = 0; i < watched.Windows.Length; i++)
            result.Add(watched.AddsMembers ? ReadTogether(watched, i, nowMs, budget) : ReadOne(watched.Parts[0], watched.Windows[i], i, nowMs, budget));
        ReadBudget(watched, nowMs, result);
    }

    private static WindowReading ReadOne(Member part, int minutes, int at, long nowMs, double budget) =>
        part.Reader.Read(minutes, nowMs, part.Places[at], budget);

    /// <summary>Adds weight × burn of each member (semantics.md 11), written as an error ratio of the composite's own budget.</summary>
    private static WindowReading ReadTogether(WatchedObjective watched, int at, long nowMs, double budget)
    {
        double bad = 0, total = 0, burn = 0, alertBurn = 0, covered = watched.Windows[at];
        foreach (var part in watched.Parts)
        {
            var own = part.Objective.Budget;
            var reading = part.Reader.Read(watched.Windows[at], nowMs, part.Places[at], own);
            bad += reading.Bad;
            total += reading.Total;
            burn += part.Weight * reading.Burn;
            alertBurn += part.Weight * reading.AlertRatio / own;
            covered = Math.Min(covered, reading.Covered);
        }

        return new(watched.Windows[at], bad, total, covered, burn * budget, burn, alertBurn * budget);
    }

    private static void ReadBudget(WatchedObjective watched, long nowMs, Evaluation result)
    {
        var first = watched.Parts[0];
        var bounds = first.Period.At(nowMs);
        (result.PeriodStartMs, result.PeriodEndMs) = (bounds.StartMs, bounds.EndMs);
        if (!watched.AddsMembers)
        {
            var budget = watched.Objective.Budget;
            var sums = Sum(first, bounds, nowMs, out var covered, out var negative);
            (result.Budget, result.Covered, result.HasData, result.GoodAboveTotal) = (sums, covered, sums.Total > 0, negative);
            result.Remaining = ErrorBudget.Remaining(sums, budget);
            result.PlainRemaining = ErrorBudget.PlainRemaining(sums, budget);
            result.Spent7d = Spent(result.Window(10080).Bad, sums.Expected, budget);
            result.RemainingWithExcluded = first.WithExcluded is { } all
                ? ErrorBudget.Remaining(Sum(all, bounds, nowMs, out _, out _), budget)
                : result.Remaining;
            return;
        }

        ReadMembersBudget(watched, nowMs, result);
    }

    private static void ReadMembersBudget(WatchedObjective watched, long nowMs, Evaluation result)
    {
        double spent = 0, plain = 0, withExcluded = 0, week = 0, bad = 0, total = 0, expected = 0;
        var coveredLeast = double.MaxValue;
        for (var i = 0; i < watched.Parts.Length; i++)
        {
            var part = watched.Parts[i];
            var budget = part.Objective.Budget;
            var bounds = part.Period.At(nowMs);
            var sums = Sum(part, bounds, nowMs, out var covered, out var negative);
            result.GoodAboveTotal |= negative;
            coveredLeast = Math.Min(coveredLeast, covered);
            (bad, total, expected) = (bad + sums.Bad, total + sums.Total, expected + sums.Expected);
            spent += part.Weight * (1 - ErrorBudget.Remaining(sums, budget));
            plain += part.Weight * (1 - ErrorBudget.PlainRemaining(sums, budget));
            var all = part.WithExcluded is { } other ? Sum(other, bounds, nowMs, out _, out _) : sums;
            withExcluded += part.Weight * (1 - ErrorBudget.Remaining(all, budget));
            var sevenDays = part.Reader.Since(nowMs - (10080 * Minute.Ms), nowMs, part.Reader.Place(10080));
            week += part.Weight * Spent(sevenDays.Bad, sums.Expected, budget);
        }

        (result.Budget, result.Covered, result.HasData) = (new(bad, total, expected), coveredLeast, total > 0);
        (result.Remaining, result.PlainRemaining, result.RemainingWithExcluded) = (1 - spent, 1 - plain, 1 - withExcluded);
        result.Spent7d = week;
    }

    /// <summary>The sums of one member's budget, by its own N̂. The member is in step with now.</summary>
    internal static BudgetSums SumsOf(Member part, long nowMs) => Sum(part, part.Period.At(nowMs), nowMs, out _, out _);

    private static double Spent(double bad, double expected, double budget) =>
        expected <= 0 ? 0 : Math.Max(0, bad) / (budget * expected);

    private static BudgetSums Sum(Member part, in PeriodBounds bounds, long nowMs, out double covered, out bool negative)
    {
        var sums = part.Reader.Since(bounds.StartMs, nowMs, part.PeriodPlace);
        covered = sums.Covered;
        negative = sums.Bad < -1e-6;
        var bad = Math.Clamp(sums.Bad, 0, Math.Max(0, sums.Total));
        return new(bad, sums.Total, Expected(part, bounds, nowMs, sums));
    }

    private static double Expected(Member part, in PeriodBounds bounds, long nowMs, in Sums sums)
    {
        var periodMinutes = (bounds.EndMs - bounds.StartMs) / (double)Minute.Ms;
        var elapsed = (nowMs - bounds.StartMs) / (double)Minute.Ms;
        if (part.SliceMinutes > 0)
        {
            // Slices before the stream began are clean ones to come; slices lost in a hole leave S.
            var birth = part.Reader.Stream.FirstCovered == long.MaxValue ? nowMs : Minute.StartMs(part.Reader.Stream.FirstCovered);
            var lived = (nowMs - Math.Max(bounds.StartMs, birth)) / (double)Minute.Ms;
            return ErrorBudget.Slices(periodMinutes, Math.Max(0, lived - sums.Covered), part.SliceMinutes);
        }

        if (!part.Period.IsCalendar) return ErrorBudget.ExpectedRolling(sums.Total, sums.Covered, periodMinutes);
        var lastFrom = Math.Min(bounds.StartMs, bounds.LastStartMs + (nowMs - bounds.StartMs));
        var last = part.Reader.Between(lastFrom, bounds.StartMs, part.LastFromPlace, part.LastToPlace);
        return ErrorBudget.ExpectedCalendar(sums.Total, sums.Covered, elapsed, periodMinutes - elapsed, Math.Max(0, last.Total), last.Covered);
    }
}
