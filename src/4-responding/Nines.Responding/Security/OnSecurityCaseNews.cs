using Nines.Alerting.Alerts;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>Ends the alerts of a case once nobody waits for them any more.</summary>
internal sealed class SecurityAlertEnd(AlertRoutes routes, CompiledManifests manifests)
{
    public void Opened(Deciding deciding, string id, string reason)
    {
        if (deciding.State.Get<SecurityBook>().All.GetValueOrDefault(id) is not { } one) return;
        End(deciding, SecurityAlert.OpenedLabels(one.Name, Policy(deciding)), reason);
    }

    public void Deadlines(Deciding deciding, string id, string duty, string reason)
    {
        if (deciding.State.Get<SecurityBook>().All.GetValueOrDefault(id) is not { } one || one.Reminders.GetValueOrDefault(duty) is not { } told) return;
        foreach (var number in told.Numbers) End(deciding, SecurityAlert.DeadlineLabels(one.Name, number, Policy(deciding)), reason);
    }

    public void All(Deciding deciding, string id, string reason)
    {
        Opened(deciding, id, reason);
        if (deciding.State.Get<SecurityBook>().All.GetValueOrDefault(id) is { } one)
            foreach (var duty in one.Reminders.Keys) Deadlines(deciding, id, duty, reason);
    }

    /// <summary>Opens or joins the case of a signal over Nines' own doors, in the commit of what happened there.</summary>
    public void Found(Deciding deciding, OwnFact fact)
    {
        var set = manifests.For(deciding.State);
        var (policy, book) = (SecurityPolicies.Of(set), deciding.State.Get<SecurityBook>());
        foreach (var signal in SecurityPolicies.Signals(set).Where(s => s.Own == fact))
        {
            var count = book.Own.GetValueOrDefault(fact, []).Count(at => at > deciding.Now - signal.Within);
            if (count < signal.AtLeast || !FindingRules.Tells(book, policy, signal, deciding.Now)) continue;
            var taken = FindingRules.Take(book, policy, signal.Found(count, deciding.Now), deciding.Now, deciding.NewId);
            foreach (var happened in taken.Events) deciding.Write(SecurityDesk.StreamOf(taken.Case), happened);
            if (taken.Pages)
                foreach (var (stream, happened) in Intake.Report(deciding.State.Get<AlertBook>(), routes.For(deciding.State), SecurityAlert.Opened(taken.Case, taken.Name, policy, deciding.Now), deciding.Now, deciding.NewId))
                    deciding.Write(stream, happened);
            book = SecurityEventId.Fold(book, taken.Events, deciding.Now);
        }
    }

    private SecurityPolicy Policy(Deciding deciding) => SecurityPolicies.Of(manifests.For(deciding.State));

    private void End(Deciding deciding, AlertLabels labels, string reason)
    {
        if (Intake.End(deciding.State.Get<AlertBook>(), routes.For(deciding.State), labels, deciding.Now, reason, deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }
}

/// <summary>Somebody works on it.</summary>
internal sealed class OnCaseConfirmed(SecurityAlertEnd alerts) : Reaction<CaseConfirmed>
{
    protected override void React(CaseConfirmed happened, JournalEntry entry, Deciding deciding) => alerts.Opened(deciding, happened.Id, "Somebody works on it.");
}

/// <summary>Somebody works on it.</summary>
internal sealed class OnCaseRoleTaken(SecurityAlertEnd alerts) : Reaction<CaseRoleTaken>
{
    protected override void React(CaseRoleTaken happened, JournalEntry entry, Deciding deciding) => alerts.Opened(deciding, happened.Id, "Somebody works on it.");
}

/// <summary>Nothing happened.</summary>
internal sealed class OnCaseDismissed(SecurityAlertEnd alerts) : Reaction<CaseDismissed>
{
    protected override void React(CaseDismissed happened, JournalEntry entry, Deciding deciding) => alerts.All(deciding, happened.Id, "Nobody is needed any more.");
}

/// <summary>Nobody waits for a deadline that was kept.</summary>
internal sealed class OnDutyTold(SecurityAlertEnd alerts) : Reaction<DutyTold>
{
    protected override void React(DutyTold happened, JournalEntry entry, Deciding deciding) => alerts.Deadlines(deciding, happened.Id, happened.Duty, "Nobody is needed any more.");
}

/// <summary>Nobody waits for a deadline that does not count.</summary>
internal sealed class OnDutyNotNeeded(SecurityAlertEnd alerts) : Reaction<DutyNotNeeded>
{
    protected override void React(DutyNotNeeded happened, JournalEntry entry, Deciding deciding) => alerts.Deadlines(deciding, happened.Id, happened.Duty, "Nobody is needed any more.");
}

/// <summary>A token was made.</summary>
internal sealed class OnTokenMade(SecurityAlertEnd signals) : Reaction<TokenMade>
{
    protected override void React(TokenMade happened, JournalEntry entry, Deciding deciding)
    {
        if (OwnFacts.Of(happened) is { } fact) signals.Found(deciding, fact);
    }
}

/// <summary>A password was set.</summary>
internal sealed class OnPasswordSet(SecurityAlertEnd signals) : Reaction<PasswordSet>
{
    protected override void React(PasswordSet happened, JournalEntry entry, Deciding deciding)
    {
        if (OwnFacts.Of(happened) is { } fact) signals.Found(deciding, fact);
    }
}

/// <summary>Somebody read a case: many at once are a signal of their own.</summary>
internal sealed class OnCaseRead(SecurityAlertEnd signals) : Reaction<CaseRead>
{
    protected override void React(CaseRead happened, JournalEntry entry, Deciding deciding) => signals.Found(deciding, OwnFact.CaseRead);
}

/// <summary>Somebody was invited.</summary>
internal sealed class OnInvited(SecurityAlertEnd signals) : Reaction<Invited>
{
    protected override void React(Invited happened, JournalEntry entry, Deciding deciding) => signals.Found(deciding, OwnFact.Invited);
}

/// <summary>Somebody signed in.</summary>
internal sealed class OnSessionOpened(SecurityAlertEnd signals) : Reaction<SessionOpened>
{
    protected override void React(SessionOpened happened, JournalEntry entry, Deciding deciding) => signals.Found(deciding, OwnFact.SignedIn);
}
