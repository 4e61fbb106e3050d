using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Responding.Incidents;

/// <summary>Ends the alert of a missed check-in once nobody waits for it any more.</summary>
internal sealed class MissedCheckInEnd(AlertRoutes routes)
{
    public void End(Deciding deciding, string id, string reason)
    {
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(id) is not { } incident) return;
        if (Intake.End(deciding.State.Get<AlertBook>(), routes.For(deciding.State), MissedCheckIn.Told(incident), deciding.Now, reason, deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }
}

/// <summary>Somebody checked in.</summary>
internal sealed class OnCheckedIn(MissedCheckInEnd missed) : Reaction<IncidentCheckedIn>
{
    protected override void React(IncidentCheckedIn happened, JournalEntry entry, Deciding deciding) => missed.End(deciding, happened.Id, "Somebody checked in.");
}

/// <summary>It is worse, or less bad: the time of the next check-in begins anew.</summary>
internal sealed class OnSeverityChanged(MissedCheckInEnd missed) : Reaction<IncidentSeverityChanged>
{
    protected override void React(IncidentSeverityChanged happened, JournalEntry entry, Deciding deciding) => missed.End(deciding, happened.Id, "Somebody changed its severity.");
}

/// <summary>It is over.</summary>
internal sealed class OnIncidentResolved(MissedCheckInEnd missed) : Reaction<IncidentResolved>
{
    protected override void React(IncidentResolved happened, JournalEntry entry, Deciding deciding) => missed.End(deciding, happened.Id, "The incident is over.");
}

/// <summary>It is part of another one, which has its own check-ins.</summary>
internal sealed class OnIncidentMerged(MissedCheckInEnd missed) : Reaction<IncidentMerged>
{
    protected override void React(IncidentMerged happened, JournalEntry entry, Deciding deciding) => missed.End(deciding, happened.Id, "It is part of another incident.");
}
