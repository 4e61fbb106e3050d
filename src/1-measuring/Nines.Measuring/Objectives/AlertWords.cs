using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The arithmetic behind an alert as one sentence.</summary>
internal static class AlertWords
{
    public static string Firing(WatchedObjective watched, in Wish wish, Evaluation now)
    {
        if (wish.Absence is { } absence) return absence.Reason;
        var words = Arithmetic(watched, wish.Rule, now);
        return wish.By is null ? words : words + " " + Held(watched, wish.By.Value, wish.Rule, now) + " So it is a ticket, not a page.";
    }

    public static string Suppression(WatchedObjective watched, in Wish wish, Evaluation now) =>
        wish.By == SuppressedBy.Page
            ? "The same objective pages already." + (wish.Rule < 0 ? "" : " " + Arithmetic(watched, wish.Rule, now))
            : Arithmetic(watched, wish.Rule, now) + " " + Held(watched, wish.By!.Value, wish.Rule, now);

    public static string Over(WatchedObjective watched, BurnSeverity severity, Evaluation now)
    {
        foreach (var rule in watched.Plan.Rules)
            if (rule.Severity == severity)
                return $"Burn is {Number(now.Window(rule.ShortMinutes).Burn)} in {Text(rule.ShortMinutes)} and {Number(now.Window(rule.LongMinutes).Burn)} in {Text(rule.LongMinutes)}; no pair holds any more.";
        return "No pair holds any more.";
    }

    private static string Arithmetic(WatchedObjective watched, int index, Evaluation now)
    {
        var rule = watched.Plan.Rules[index];
        ref readonly var longWindow = ref now.WindowAt(watched.LongAt[index]);
        ref readonly var shortWindow = ref now.WindowAt(watched.ShortAt[index]);
        var limit = rule.Inclusive
            ? $"at or above {Number(rule.ErrorLimit * 100)} % errors"
            : $"above {Number(rule.Factor)}";
        return $"Burn is {Number(longWindow.Burn)} in {Text(rule.LongMinutes)} and {Number(shortWindow.Burn)} in {Text(rule.ShortMinutes)}, {limit}: "
            + $"{Number(longWindow.Bad)} of {Number(longWindow.Total)} failed in {Text(rule.LongMinutes)}.{Burner(watched, index, now)}";
    }

    /// <summary>A composite's alert names the member that burns most (semantics.md 11).</summary>
    private static string Burner(WatchedObjective watched, int index, Evaluation now)
    {
        if (!watched.AddsMembers) return "";
        var at = watched.LongAt[index];
        var most = watched.Parts.MaxBy(p => p.Weight * p.Reader.Read(watched.Windows[at], now.AtMs, p.Places[at], p.Objective.Budget).Burn)!;
        return $" Most of it is {most.Objective.Name}.";
    }

    private static string Held(WatchedObjective watched, SuppressedBy by, int index, Evaluation now)
    {
        var rule = watched.Plan.Rules[index];
        var least = Math.Max(watched.Objective.MinFailures, rule.MinFailures);
        return by == SuppressedBy.TinyBudget
            ? $"The whole period allows {Number(watched.Objective.Budget * now.Budget.Expected)} failures, fewer than 3: the target is finer than the traffic."
            : $"{Number(now.WindowAt(watched.LongAt[index]).Bad)} failures in {Text(rule.LongMinutes)} are fewer than {least}.";
    }

    private static string Text(int minutes) => FieldDuration.Format(Duration.FromMinutes(minutes));

    private static string Number(double value) => Math.Round(value, Math.Abs(value) < 1 ? 4 : 2).ToString("0.####", CultureInfo.InvariantCulture);
}
