using System.Runtime.InteropServices;

namespace Nines.Measuring.Objectives;

/// <summary>What the bare rules say at one instant, before any guard.</summary>
/// <param name="Verdicts">One bit for each pair that holds.</param>
/// <param name="Page">True when a page pair holds.</param>
/// <param name="Ticket">True when a ticket pair holds.</param>
/// <param name="PageRule">Index of the page pair that holds with the most failures; −1 when none.</param>
/// <param name="TicketRule">Index of the ticket pair that holds with the most failures; −1 when none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BurnConditions(ulong Verdicts, bool Page, bool Ticket, int PageRule, int TicketRule)
{
    /// <summary>
    /// Asks every pair. Where the short window holds no events the last verdict stays: a service that dies completely
    /// does not end its own page (semantics.md 3).
    /// </summary>
    public static BurnConditions Ask(WatchedObjective watched, ulong before, Evaluation now)
    {
        ulong verdicts = 0;
        int page = -1, ticket = -1;
        var rules = watched.Plan.Rules;
        for (var i = 0; i < rules.Count; i++)
        {
            ref readonly var longWindow = ref now.WindowAt(watched.LongAt[i]);
            ref readonly var shortWindow = ref now.WindowAt(watched.ShortAt[i]);
            var holds = shortWindow.Total <= 0
                ? (before >> i & 1) != 0
                : HeldLongEnough(watched, i, Holds(watched, rules[i], longWindow, shortWindow, now), before, now);
            if (!holds) continue;
            verdicts |= 1UL << i;
            ref var best = ref rules[i].Severity == BurnSeverity.Page ? ref page : ref ticket;
            if (best < 0 || longWindow.Bad > now.WindowAt(watched.LongAt[best]).Bad) best = i;
        }

        return new(verdicts, page >= 0, ticket >= 0, page, ticket);
    }

    /// <summary>A pair that fires goes on at once; one that begins to burn must do so for its time first.</summary>
    private static bool HeldLongEnough(WatchedObjective watched, int rule, bool burns, ulong before, Evaluation now)
    {
        var afterMs = watched.Plan.Rules[rule].AfterMs;
        if (afterMs == 0) return burns;
        ref var since = ref watched.BurnsSince![rule];
        since = !burns ? 0 : since == 0 ? now.AtMs : since;
        return burns && ((before >> rule & 1) != 0 || now.AtMs - since >= afterMs);
    }

    private static bool Holds(WatchedObjective watched, BurnRule rule, in WindowReading longWindow, in WindowReading shortWindow, Evaluation now)
    {
        if (!watched.Objective.Policy.BudgetConsumed || rule.Inclusive)
            return rule.Exceeds(longWindow.AlertRatio) && rule.Exceeds(shortWindow.AlertRatio);
        // bad(W) > s·b·N̂(P), with s = f·W/P; the short window is asked for its share of the same (semantics.md 5).
        var perMinute = rule.ErrorLimit * now.Budget.Expected / watched.PeriodMinutes * (1 + 1e-12);
        return longWindow.Bad > perMinute * rule.LongMinutes && shortWindow.Bad > perMinute * rule.ShortMinutes;
    }
}
