namespace Nines.Measuring.Objectives;

/// <summary>
/// The alerts of one objective: joins pairs and absence per severity, guards small numbers, lets a page silence the
/// ticket, re-opens instead of paging again (semantics.md 3 to 5). Pure: the next state and the news follow from the
/// state, the evaluation and the silence.
/// </summary>
public static class BurnAlerts
{
    private const long LeastReopenMs = 15 * 60_000;
    private const double LeastBudgetEvents = 3;

    /// <summary>One step. News is added only where something changed.</summary>
    public static AlertState Step(WatchedObjective watched, AlertState before, Evaluation now, AbsenceState? absence, List<object> news)
    {
        var conditions = BurnConditions.Ask(watched, before.Verdicts, now);
        var next = conditions.Verdicts == before.Verdicts ? before : before with { Verdicts = conditions.Verdicts };
        next = StepAbsence(watched, next, now, absence, news);
        var wishes = Wish(watched, before, now, conditions, absence);
        var heard = before.Absence is { Cause: not AbsenceCause.OwnFault } && absence is null ? before.Absence : null;
        var page = StepSeverity(watched, next.Page, wishes.Page, BurnSeverity.Page, heard?.Severity == BurnSeverity.Page, now, news);
        var ticket = StepSeverity(watched, next.Ticket, wishes.Ticket, BurnSeverity.Ticket, heard?.Severity == BurnSeverity.Ticket, now, news);
        if (!ReferenceEquals(page, next.Page) || !ReferenceEquals(ticket, next.Ticket)) next = next with { Page = page, Ticket = ticket };
        return BudgetNews.Step(watched, next, now, news);
    }

    /// <summary>What each severity should be at now.</summary>
    private static (Wish Page, Wish Ticket) Wish(
        WatchedObjective watched, AlertState before, Evaluation now, in BurnConditions conditions, AbsenceState? absence)
    {
        var page = conditions.Page ? new Wish(AlertPhase.Firing, conditions.PageRule, null, null) : default;
        var ticket = conditions.Ticket ? new Wish(AlertPhase.Firing, conditions.TicketRule, null, null) : default;
        // A guard asks once, when the alert would begin: what fires is not taken back because failures age out.
        if (conditions.Page && before.Page.Phase != AlertPhase.Firing && Guard(watched, now, conditions.Verdicts, ref page))
            ticket = new(AlertPhase.Firing, conditions.PageRule, page.By, null);
        // What Nines cannot read is no fault of the service: its own people hear of it (semantics.md 3c).
        if (absence is { Cause: not AbsenceCause.OwnFault })
        {
            ref var joined = ref absence.Severity == BurnSeverity.Page ? ref page : ref ticket;
            if (joined.Phase != AlertPhase.Firing) joined = new(AlertPhase.Firing, -1, null, absence);
        }

        if (page.Phase == AlertPhase.Firing && ticket.Phase == AlertPhase.Firing) ticket = ticket with { Phase = AlertPhase.Suppressed, By = SuppressedBy.Page };
        return (page, ticket);
    }

    /// <summary>True where the page is held back and goes out as a ticket; else the wish names a pair that passed.</summary>
    private static bool Guard(WatchedObjective watched, Evaluation now, ulong verdicts, ref Wish page)
    {
        if (now.HasData && watched.Objective.Budget * now.Budget.Expected < LeastBudgetEvents)
        {
            page = page with { Phase = AlertPhase.Suppressed, By = SuppressedBy.TinyBudget };
            return true;
        }

        for (var i = 0; i < watched.Plan.Rules.Count; i++)
        {
            var rule = watched.Plan.Rules[i];
            if ((verdicts >> i & 1) == 0 || rule.Severity != BurnSeverity.Page) continue;
            // Sums of shares may miss a whole number by rounding.
            if (now.WindowAt(watched.LongAt[i]).Bad < Math.Max(watched.Objective.MinFailures, rule.MinFailures) - 1e-6) continue;
            page = page with { Rule = i };
            return false;
        }

        page = page with { Phase = AlertPhase.Suppressed, By = SuppressedBy.MinFailures };
        return true;
    }

    private static SeverityState StepSeverity(
        WatchedObjective watched, SeverityState state, in Wish wish, BurnSeverity severity, bool heardAgain, Evaluation now, List<object> news)
    {
        if (wish.Phase == state.Phase) return state;
        var (name, service, at) = (watched.Objective.Name, watched.Objective.Service, now.At);
        if (state.Phase == AlertPhase.Firing)
        {
            var why = wish.Phase == AlertPhase.Suppressed ? AlertWords.Suppression(watched, wish, now) : AlertWords.Over(watched, severity, heardAgain, now);
            news.Add(new BurnAlertEnded(state.Alert, name, service, severity, at, why));
            state = state with { EndedMs = now.AtMs };
        }
        else if (state.Phase == AlertPhase.Suppressed)
        {
            news.Add(new BurnSuppressionEnded(name, service, severity, at));
        }

        return wish.Phase switch
        {
            AlertPhase.Firing => Fire(watched, state, wish, severity, now, news),
            AlertPhase.Suppressed => Suppress(watched, state, wish, severity, now, news),
            _ => state with { Phase = AlertPhase.Ok, SinceMs = now.AtMs, Reason = "" },
        };
    }

    private static SeverityState Fire(
        WatchedObjective watched, SeverityState state, in Wish wish, BurnSeverity severity, Evaluation now, List<object> news)
    {
        var reason = AlertWords.Firing(watched, wish, now);
        var (name, service) = (watched.Objective.Name, watched.Objective.Service);
        var shortMs = wish.Rule < 0 ? 0 : watched.Plan.Rules[wish.Rule].ShortMinutes * 60_000L;
        if (state.EndedMs > 0 && now.AtMs - state.EndedMs <= state.ReopenMs)
        {
            news.Add(new BurnAlertReopened(state.Alert, name, service, severity, now.At, reason));
            return state with { Phase = AlertPhase.Firing, SinceMs = now.AtMs, Reason = reason };
        }

        var id = $"{name}/{(severity == BurnSeverity.Page ? "page" : "ticket")}/{now.AtMs / 1000}";
        var burn = wish.Rule < 0 ? 0 : now.WindowAt(watched.LongAt[wish.Rule]).Burn;
        var reopenMs = Math.Max(LeastReopenMs, shortMs);
        news.Add(new BurnAlertFired(
            id, name, service, severity, watched.Objective.Policy.Name, wish.Absence is null ? AlertCause.Burn : AlertCause.Absence, now.At,
            wish.Rule < 0 ? "" : watched.Plan.Rules[wish.Rule].Windows, burn, now.Remaining,
            NodaTime.Duration.FromMilliseconds(reopenMs), reason));
        return new(AlertPhase.Firing, now.AtMs, id, state.EndedMs, reopenMs, reason);
    }

    private static SeverityState Suppress(
        WatchedObjective watched, SeverityState state, in Wish wish, BurnSeverity severity, Evaluation now, List<object> news)
    {
        var reason = AlertWords.Suppression(watched, wish, now);
        news.Add(new BurnAlertSuppressed(
            watched.Objective.Name, watched.Objective.Service, severity, watched.Objective.Policy.Name, wish.By!.Value, now.At, reason));
        return state with { Phase = AlertPhase.Suppressed, SinceMs = now.AtMs, Reason = reason };
    }

    private static AlertState StepAbsence(WatchedObjective watched, AlertState state, Evaluation now, AbsenceState? absence, List<object> news)
    {
        if (absence is null == state.Absence is null) return state;
        var (name, service) = (watched.Objective.Name, watched.Objective.Service);
        if (absence is null) news.Add(new AbsenceEnded(name, service, now.At));
        else news.Add(new AbsenceStarted(name, service, absence.Cause, absence.Severity, absence.Since, now.At, absence.Reason));
        return state with { Absence = absence };
    }
}

/// <summary>What a severity should be at.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Rule">The pair behind it; −1 for none.</param>
/// <param name="By">What holds it back, or what turned a page into this ticket.</param>
/// <param name="Absence">The silence behind it.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Wish(AlertPhase Phase, int Rule, SuppressedBy? By, AbsenceState? Absence);
