using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>What is left of a budget and when it is gone, in the same words everywhere.</summary>
public static class BudgetWords
{
    // Rounding must not hide that the last event was spent (as in ErrorBudget.State).
    private const double Nothing = 1e-12;

    /// <summary><c>98.3 % of its budget is left</c>, <c>all of it …</c>, <c>its budget is used up</c>, <c>its budget is overspent by 34 %</c>; no stop at the end.</summary>
    public static string Left(double remaining) => remaining switch
    {
        >= 1 => "all of its budget is left",
        > Nothing => $"{Figures.Percent(remaining)} of its budget is left",
        >= -Nothing => "its budget is used up",
        _ => $"its budget is overspent by {Overspent(remaining)}",
    };

    /// <summary>By how much a budget is overspent: <c>34 %</c>, below a tenth <c>4.2 %</c>.</summary>
    public static string Overspent(double remaining) => Figures.Percent(-remaining, -remaining >= 0.1 ? 0 : 1);

    /// <summary>A budget fell through a threshold: the arithmetic, and when it is gone.</summary>
    internal static string Crossed(WatchedObjective watched, Evaluation now)
    {
        var spent = watched.AddsMembers
            ? MemberBurn.Most(watched, 1440, now.AtMs) is { } most ? $"{most.Objective.Name} burns most: {Figures.Percent(most.Share, 0)} of the last 1\u00a0d." : ""
            : $"{Figures.Rounded(now.Budget.Bad)} of the {Figures.Rounded(watched.Objective.Budget * now.Budget.Expected)} {Lost(watched.Objective.Method)} that {Figures.Window(watched.Objective.Window.Text)} may hold.";
        return Join(spent, Ahead(watched, now, 60));
    }

    /// <summary>What is left, and when it is gone at the rate of the last so many minutes: the present one, no average of days (semantics.md 7).</summary>
    internal static string Ahead(WatchedObjective watched, Evaluation now, int rateMinutes)
    {
        var left = Left(now);
        if (left.Length == 0 || now.Remaining <= Nothing || now.Window(rateMinutes).Total <= 0) return left;
        return left + (Projection.Exhausts(watched, now, rateMinutes) is { } at
            ? $"; at the present rate it is gone in {Figures.Span(Duration.FromMilliseconds(at - now.AtMs))}, {Times.Words(Instant.FromUnixTimeMilliseconds(at), TimeForm.Full, Reader.Anyone(now.At))}"
            : "; at the present rate it is never gone");
    }

    internal static string Left(Evaluation now) => now.HasData ? Left(now.Remaining) : "";

    /// <summary>Two sentences, of which either may be missing.</summary>
    internal static string Join(string first, string second) =>
        second.Length == 0 ? first : $"{first}{(first.Length > 0 ? " " : "")}{char.ToUpperInvariant(second[0])}{second[1..]}.";

    private static string Lost(BudgetingMethod method) => method == BudgetingMethod.Occurrences ? "failures" : "bad slices";
}
