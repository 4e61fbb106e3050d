using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// A policy worked out for one target and period: windows scaled, factors computed, pairs that can never fire dropped
/// or refused with the arithmetic (semantics.md 4).
/// </summary>
/// <param name="Rules">The pairs that are watched.</param>
/// <param name="Problems">Findings, and errors for pairs that a person wrote and that cannot fire.</param>
/// <param name="OutageMinutesToPage">Minutes that a total outage needs to page; null when nothing pages.</param>
public sealed record BurnPlan(IReadOnlyList<BurnRule> Rules, IReadOnlyList<Problem> Problems, int? OutageMinutesToPage)
{
    // Below this period the shipped windows shrink with it (semantics.md 4).
    private const double FullPeriodMinutes = 28 * 1440;

    // A total outage that needs longer than this to page gets the added pair (semantics.md 4).
    private const int LongestOutageMinutes = 10;

    /// <summary>Works a policy out.</summary>
    public static BurnPlan For(BurnPolicy policy, double target, Duration period)
    {
        var problems = new List<Problem>();
        var rules = new List<BurnRule>();
        var budget = Math.Round(1 - target, 15);
        for (var i = 0; i < policy.Pairs.Count; i++)
        {
            var rule = Work(policy, policy.Pairs[i], budget, period, $"spec.pairs[{i}]", problems);
            if (rule is not null && Reachable(policy, rule, target, budget, $"spec.pairs[{i}]", problems)) rules.Add(rule);
        }

        var outage = FastestPage(rules);
        if (!policy.Written && policy.Pairs.Count > 0 && (outage is null || outage > LongestOutageMinutes))
        {
            rules.Add(Added(budget, period));
            problems.Add(Problem.Finding(
                $"A total outage would need {(outage is null ? "for ever" : outage + " minutes")} to page at a target of {Percent(target)}.",
                "A pair is added that pages at 50 % errors over 5m and 1m, from 10 failures on."));
            outage = FastestPage(rules);
        }

        return new(rules, problems, outage);
    }

    /// <summary>The plan of an objective.</summary>
    public static BurnPlan For(Objective objective) => For(objective.Policy, objective.Target, objective.Window.Nominal);

    private static BurnRule? Work(BurnPolicy policy, BurnPair pair, double budget, Duration period, string path, List<Problem> problems)
    {
        var (longMinutes, shortMinutes) = Scale(policy, pair, period);
        var periodMinutes = period.TotalMinutes;
        if (longMinutes < 1 || shortMinutes < 1 || shortMinutes > longMinutes || longMinutes > periodMinutes)
        {
            problems.Add(Problem.Invalid(
                $"The windows {FieldDuration.Format(pair.Long)} and {FieldDuration.Format(pair.Short)} do not fit a period of {FieldDuration.Format(period)}.",
                "Write whole minutes, the short window at most the long one, the long one at most the period.", path));
            return null;
        }

        if (pair.ErrorRatio is { } ratio)
            return new(pair.Severity, longMinutes, shortMinutes, ratio / budget, Math.Max(ratio, budget), true, pair.MinFailures);
        var factor = pair.Factor ?? pair.Share!.Value * periodMinutes / longMinutes;
        if (factor < 1 && policy.Written)
            problems.Add(Problem.Finding($"A factor of {Number(factor)} alerts on a service that meets its objective; 1 is used.", "Write a factor of at least 1.", path));
        factor = Math.Max(1, Math.Round(factor, 12));
        return new(pair.Severity, longMinutes, shortMinutes, factor, Math.Round(factor * budget, 15), false, pair.MinFailures) { AfterMs = (long)pair.After.TotalMilliseconds };
    }

    /// <summary>W·P/28 d in whole minutes, at least one, no long window above P/7; written windows stay as they are.</summary>
    private static (int Long, int Short) Scale(BurnPolicy policy, BurnPair pair, Duration period)
    {
        var periodMinutes = period.TotalMinutes;
        if (policy.Written || periodMinutes >= FullPeriodMinutes) return ((int)pair.Long.TotalMinutes, (int)pair.Short.TotalMinutes);
        var longMinutes = Shrink(pair.Long, periodMinutes);
        longMinutes = Math.Max(1, Math.Min(longMinutes, (int)(periodMinutes / 7)));
        return (longMinutes, Math.Min(longMinutes, Shrink(pair.Short, periodMinutes)));
    }

    private static int Shrink(Duration window, double periodMinutes) =>
        Math.Max(1, (int)Math.Round(window.TotalMinutes * periodMinutes / FullPeriodMinutes, MidpointRounding.AwayFromZero));

    private static bool Reachable(BurnPolicy policy, BurnRule rule, double target, double budget, string path, List<Problem> problems)
    {
        if (rule.Inclusive ? rule.ErrorLimit <= 1 : rule.ErrorLimit < 1) return true;
        var what = $"The pair {rule.Windows} asks for a burn above {Number(rule.Factor)}, but a target of {Percent(target)} "
            + $"can burn at most {Number(1 / budget)} times its budget (1 / {Number(budget)}).";
        problems.Add(policy.Written
            ? Problem.Invalid(what, $"Write a factor below {Number(1 / budget)}, or a target above {Percent(1 - (1 / rule.Factor))}.", path)
            : Problem.Finding(what, "It can never fire and is dropped.", path));
        return false;
    }

    private static BurnRule Added(double budget, Duration period)
    {
        var longMinutes = Math.Max(1, Math.Min(5, (int)(period.TotalMinutes / 7)));
        var limit = Math.Max(0.5, budget);
        return new(BurnSeverity.Page, longMinutes, 1, limit / budget, limit, true, 10);
    }

    private static int? FastestPage(List<BurnRule> rules)
    {
        int? fastest = null;
        foreach (var rule in rules)
            if (rule.Severity == BurnSeverity.Page) fastest = Math.Min(fastest ?? int.MaxValue, rule.OutageMinutes);
        return fastest;
    }

    private static string Percent(double ratio) => $"{Number(ratio * 100)} %";

    private static string Number(double value) => Math.Round(value, 4).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
