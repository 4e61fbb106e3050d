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
internal sealed class OnTokenMade(OwnSignals signals) : Reaction<TokenMade>
{
    protected override void React(TokenMade happened, JournalEntry entry, Deciding deciding)
    {
        if (OwnFacts.Of(happened) is { } fact) signals.Happened(deciding, fact);
    }
}

/// <summary>A password was set.</summary>
internal sealed class OnPasswordSet(OwnSignals signals) : Reaction<PasswordSet>
{
    protected override void React(PasswordSet happened, JournalEntry entry, Deciding deciding)
    {
        if (OwnFacts.Of(happened) is { } fact) signals.Happened(deciding, fact);
    }
}

/// <summary>Somebody read a case: many at once are a signal of their own.</summary>
internal sealed class OnCaseRead(OwnSignals signals) : Reaction<CaseRead>
{
    protected override void React(CaseRead happened, JournalEntry entry, Deciding deciding) => signals.Happened(deciding, OwnFact.CaseRead);
}

/// <summary>Somebody was invited.</summary>
internal sealed class OnInvited(OwnSignals signals) : Reaction<Invited>
{
    protected override void React(Invited happened, JournalEntry entry, Deciding deciding) => signals.Happened(deciding, OwnFact.Invited);
}

/// <summary>Somebody signed in.</summary>
internal sealed class OnSessionOpened(OwnSignals signals) : Reaction<SessionOpened>
{
    protected override void React(SessionOpened happened, JournalEntry entry, Deciding deciding) => signals.Happened(deciding, OwnFact.SignedIn);
}
