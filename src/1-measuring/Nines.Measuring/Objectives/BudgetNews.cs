namespace Nines.Measuring.Objectives;

/// <summary>Tells when a budget changes its state or falls through 25 % or 0 (semantics.md 5, 8).</summary>
internal static class BudgetNews
{
    private const double Quarter = 0.25;

    // A budget that trembles around a quarter tells it once.
    private const double QuarterAgain = 0.30;

    public static AlertState Step(WatchedObjective watched, AlertState state, Evaluation now, List<object> news)
    {
        if (!now.HasData) return state;
        var (name, service, left) = (watched.Objective.Name, watched.Objective.Service, now.Remaining);
        var budget = ErrorBudget.State(left, state.Budget);
        var belowQuarter = left <= Quarter || (state.BelowQuarter && left < QuarterAgain);
        var belowZero = left <= 1e-12 || (state.BelowZero && left < ErrorBudget.Thawed);
        if (budget == state.Budget && belowQuarter == state.BelowQuarter && belowZero == state.BelowZero) return state;
        if (budget != state.Budget) news.Add(new BudgetStateChanged(name, service, state.Budget, budget, left, now.At));
        if (belowQuarter && !state.BelowQuarter) news.Add(new BudgetCrossed(name, service, Quarter, left, now.At, BudgetWords.Crossed(watched, now)));
        if (belowZero && !state.BelowZero) news.Add(new BudgetCrossed(name, service, 0, left, now.At, BudgetWords.Crossed(watched, now)));
        return state with { Budget = budget, BelowQuarter = belowQuarter, BelowZero = belowZero };
    }
}
