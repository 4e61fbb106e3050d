using System.Runtime.InteropServices;

namespace Nines.Measuring.Objectives;

/// <summary>How an objective stands (semantics.md 8).</summary>
public enum BudgetState
{
    /// <summary>More than half is left.</summary>
    Healthy,

    /// <summary>More than a quarter, at most half.</summary>
    Warning,

    /// <summary>Something, at most a quarter.</summary>
    Critical,

    /// <summary>Nothing is left.</summary>
    Exhausted,

    /// <summary>Something again after exhaustion, but less than 10 %.</summary>
    Frozen,

    /// <summary>Nobody knows.</summary>
    NoData,
}

/// <summary>What a budget is computed from.</summary>
/// <param name="Bad">Σbad: events, bad slices, or one less ratio per slice.</param>
/// <param name="Total">Σtotal: events or slices seen.</param>
/// <param name="Expected">N̂, or S: what the whole period will have seen.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BudgetSums(double Bad, double Total, double Expected);

/// <summary>The arithmetic of error budgets (semantics.md 6).</summary>
public static class ErrorBudget
{
    /// <summary>After exhaustion a budget stays frozen until this much is left.</summary>
    public const double Thawed = 0.10;

    /// <summary>1 − Σbad/(b·N̂): what states, freezes and projections use.</summary>
    public static double Remaining(in BudgetSums sums, double budget) =>
        sums.Expected <= 0 ? 1 : 1 - (Math.Max(0, sums.Bad) / (budget * sums.Expected));

    /// <summary>1 − Σbad/(b·Σtotal): the plain figure beside it.</summary>
    public static double PlainRemaining(in BudgetSums sums, double budget) =>
        sums.Total <= 0 ? 1 : 1 - (Math.Max(0, sums.Bad) / (budget * sums.Total));

    /// <summary>N̂ of a rolling window: what was seen, and the uncovered rest at the observed rate.</summary>
    public static double ExpectedRolling(double total, double coveredMinutes, double periodMinutes) =>
        coveredMinutes <= 0 ? 0 : total * Math.Max(1, periodMinutes / coveredMinutes);

    /// <summary>
    /// N̂ of a calendar period: what was seen with its holes at the observed rate, and the rest as the last period saw
    /// it; where that one has no data, at the observed rate.
    /// </summary>
    public static double ExpectedCalendar(
        double total, double coveredMinutes, double elapsedMinutes, double restMinutes, double lastRestTotal, double lastRestCovered)
    {
        if (coveredMinutes <= 0) return 0;
        var rate = total / coveredMinutes;
        var seen = rate * Math.Max(coveredMinutes, elapsedMinutes);
        return seen + lastRestTotal + (rate * Math.Max(0, restMinutes - lastRestCovered));
    }

    /// <summary>S: all slices of the period, less those that left it because nobody knows them.</summary>
    public static double Slices(double periodMinutes, double holeMinutes, int sliceMinutes) => (periodMinutes - holeMinutes) / sliceMinutes;

    /// <summary>The state that follows from what is left and from the state before (frozen remembers exhaustion).</summary>
    public static BudgetState State(double remaining, BudgetState before) => remaining switch
    {
        // Rounding must not hide that the last event was spent.
        <= 1e-12 => BudgetState.Exhausted,
        < Thawed when before is BudgetState.Exhausted or BudgetState.Frozen => BudgetState.Frozen,
        <= 0.25 => BudgetState.Critical,
        <= 0.50 => BudgetState.Warning,
        _ => BudgetState.Healthy,
    };
}
