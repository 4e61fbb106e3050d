using Nines.Kernel;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// What an alert says, for somebody half asleep: how much failed, the arithmetic that decided, who burns most, what is
/// left of the budget and when it is gone. The same words go to pages, commands, mails and webhooks.
/// </summary>
internal static class AlertWords
{
    public static string Firing(WatchedObjective watched, in Wish wish, Evaluation now)
    {
        if (wish.Absence is { } absence) return BudgetWords.Join(absence.Reason, BudgetWords.Left(now));
        var words = Arithmetic(watched, wish.Rule, now);
        if (wish.By is { } by) words += " " + Held(watched, by, wish.Rule, now) + " So it is a ticket, not a page.";
        return BudgetWords.Join(words, BudgetWords.Ahead(watched, now, watched.Plan.Rules[wish.Rule].ShortMinutes));
    }

    public static string Suppression(WatchedObjective watched, in Wish wish, Evaluation now) =>
        wish.By == SuppressedBy.Page
            ? "The same objective pages already." + (wish.Rule < 0 ? "" : " " + Arithmetic(watched, wish.Rule, now))
            : Arithmetic(watched, wish.Rule, now) + " " + Held(watched, wish.By!.Value, wish.Rule, now);

    /// <param name="watched">The objective.</param>
    /// <param name="severity">Whose alert is over.</param>
    /// <param name="heardAgain">True where it was silence that is over.</param>
    /// <param name="now">The evaluation.</param>
    public static string Over(WatchedObjective watched, BurnSeverity severity, bool heardAgain, Evaluation now)
    {
        var words = heardAgain ? "It is heard again." : "No pair of windows is above its limit any more.";
        foreach (var rule in watched.Plan.Rules)
        {
            if (rule.Severity != severity) continue;
            words = $"Burn is {Figures.Burn(now.Window(rule.ShortMinutes).Burn)} in the last {Text(rule.ShortMinutes)} and {Figures.Burn(now.Window(rule.LongMinutes).Burn)} in the last {Text(rule.LongMinutes)}. {words}";
            break;
        }

        return BudgetWords.Join(words, BudgetWords.Left(now));
    }

    /// <summary>Both windows of a pair against its limit, with every figure that the verdict came from.</summary>
    private static string Arithmetic(WatchedObjective watched, int index, Evaluation now)
    {
        var rule = watched.Plan.Rules[index];
        ref readonly var longWindow = ref now.WindowAt(watched.LongAt[index]);
        ref readonly var shortWindow = ref now.WindowAt(watched.ShortAt[index]);
        if (shortWindow.Total <= 0)
            return $"Nothing came in the last {Text(rule.ShortMinutes)}, so what held before still holds. {Capital(Side(watched, rule, longWindow))}.{Burner(watched, rule, now)}";
        if (watched.Objective.Policy.BudgetConsumed && !rule.Inclusive) return Consumed(watched, rule, longWindow, shortWindow, now) + Burner(watched, rule, now);
        var limit = rule.Inclusive && !watched.AddsMembers ? $"at least {Figures.Target(rule.ErrorLimit)} errors" : $"above {Figures.Limit(rule.Factor)}";
        return $"{Capital(Side(watched, rule, longWindow))}, {Side(watched, rule, shortWindow, again: true)}: both {limit}.{Burner(watched, rule, now)}";
    }

    /// <summary>One window: <c>6,000 of 360,000 failed in the last 1 h (burn 16.7×)</c>.</summary>
    /// <param name="watched">The objective.</param>
    /// <param name="rule">The pair.</param>
    /// <param name="window">One of its windows.</param>
    /// <param name="again">True for the second of a sentence, which leaves the verb out.</param>
    private static string Side(WatchedObjective watched, BurnRule rule, in WindowReading window, bool again = false)
    {
        var verb = watched switch
        {
            { AddsMembers: true } => "burn adds up to",
            { Objective.Method: BudgetingMethod.Timeslices } => "slices were bad",
            { Objective.Method: BudgetingMethod.RatioTimeslices } => "slices were lost",
            _ => "failed",
        };
        var last = Text(window.Minutes);
        var what = $"{Figures.Rounded(window.Bad)} of {Figures.Rounded(window.Total)}{(again ? "" : " " + verb)}";
        if (rule.Inclusive && !watched.AddsMembers) return $"{what} in the last {last} ({Figures.Percent(window.ErrorRatio)})";
        // What alerts ask counts minutes without data as clean traffic (semantics.md 5): shown wherever it makes a difference.
        var asked = window.AlertRatio / watched.Objective.Budget;
        var burn = Figures.BurnBeside(asked, rule.Factor);
        var plain = Figures.Burn(asked) == Figures.Burn(window.Burn);
        if (watched.AddsMembers)
            return $"{(again ? "" : verb + " ")}{(plain ? burn : $"{Figures.Burn(window.Burn)} in the {Span(window.Covered)} that hold data, {burn} over all of it,")} in the last {last}";
        return plain
            ? $"{what} in the last {last} (burn {burn})"
            : $"{what} in the last {last} (burn {Figures.Burn(window.Burn)} in the {Span(window.Covered)} that hold data, {burn} over all of it)";
    }

    /// <summary>The event-true rule: failures against a share of what the whole period may fail (semantics.md 5).</summary>
    private static string Consumed(WatchedObjective watched, BurnRule rule, in WindowReading longWindow, in WindowReading shortWindow, Evaluation now)
    {
        var perMinute = rule.ErrorLimit * now.Budget.Expected / watched.PeriodMinutes;
        return $"{Figures.Rounded(longWindow.Bad)} failed in the last {Text(rule.LongMinutes)}, {Figures.Rounded(shortWindow.Bad)} in the last {Text(rule.ShortMinutes)}: "
            + $"more than the {Figures.Rounded(perMinute * rule.LongMinutes)} and {Figures.Rounded(perMinute * rule.ShortMinutes)} that the budget of {Figures.Window(watched.Objective.Window.Text)} grants them.";
    }

    /// <summary>A composite's alert names the member that burns most (semantics.md 11).</summary>
    private static string Burner(WatchedObjective watched, BurnRule rule, Evaluation now) =>
        MemberBurn.Most(watched, rule.LongMinutes, now.AtMs) is { } most ? $" {most.Objective.Name} burns most: {Figures.Percent(most.Share, 0)} of it." : "";

    private static string Held(WatchedObjective watched, SuppressedBy by, int index, Evaluation now)
    {
        var rule = watched.Plan.Rules[index];
        if (by == SuppressedBy.TinyBudget)
            return $"All of {Figures.Window(watched.Objective.Window.Text)} may hold {Figures.CutCount(watched.Objective.Budget * now.Budget.Expected)} failures, fewer than 3: the target is finer than the traffic.";
        var least = Math.Max(watched.Objective.MinFailures, rule.MinFailures);
        return $"That is fewer than the {Figures.Count(least)} failures in {Text(rule.LongMinutes)} that page ({Figures.CutCount(now.WindowAt(watched.LongAt[index]).Bad)}).";
    }

    private static string Text(int minutes) => Figures.Window(FieldDuration.Format(Duration.FromMinutes(minutes)));

    private static string Span(double minutes) => Figures.Span(Duration.FromMinutes(minutes));

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
