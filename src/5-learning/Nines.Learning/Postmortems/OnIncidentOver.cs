using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Learning.Postmortems;

/// <summary>An incident is over: its postmortem is open in the same commit, where its severity asks for one.</summary>
internal sealed class OnIncidentOver(CompiledManifests manifests, OverdueEnd overdue) : Reaction<IncidentResolved>
{
    protected override void React(IncidentResolved happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(happened.Id) is not { } incident) return;
        if (deciding.State.Get<PostmortemBook>().All.TryGetValue(happened.Id, out var known)) overdue.End(deciding, known, "Its incident ended anew.");
        else if (PostmortemRules.Needed(incident, PostmortemPolicies.Of(manifests.For(deciding.State))))
            deciding.Write(PostmortemDesk.StreamOf(incident.Id), new PostmortemOpened(incident.Id, incident.Number, entry.At, $"{incident.Severity.Word()} asks for one.", ""));
    }
}

/// <summary>An incident is not over after all: what was written about it is a draft again.</summary>
internal sealed class OnIncidentBack(OverdueEnd overdue) : Reaction<IncidentReopened>
{
    protected override void React(IncidentReopened happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<PostmortemBook>().All.GetValueOrDefault(happened.Id) is not { } known) return;
        overdue.End(deciding, known, "Its incident is open again.");
        if (known.State != PostmortemState.Draft) deciding.Write(PostmortemDesk.StreamOf(known.Id), new PostmortemReturned(known.Id, "Its incident is open again: " + happened.Reason, ""));
    }
}

/// <summary>An incident became part of another one, which has its own postmortem.</summary>
internal sealed class OnIncidentJoined(OverdueEnd overdue) : Reaction<IncidentMerged>
{
    protected override void React(IncidentMerged happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<PostmortemBook>().All.GetValueOrDefault(happened.Id) is { } known) overdue.End(deciding, known, "Its incident is part of another one.");
    }
}

/// <summary>A postmortem is final: nobody waits for it any more.</summary>
internal sealed class OnPostmortemFinished(OverdueEnd overdue) : Reaction<PostmortemFinished>
{
    protected override void React(PostmortemFinished happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<PostmortemBook>().All.GetValueOrDefault(happened.Id) is { } known) overdue.End(deciding, known, "The postmortem is final.");
    }
}

/// <summary>Ends the ticket of an overdue postmortem.</summary>
internal sealed class OverdueEnd(AlertRoutes routes)
{
    public void End(Deciding deciding, Postmortem postmortem, string reason)
    {
        if (Intake.End(deciding.State.Get<AlertBook>(), routes.For(deciding.State), OverduePostmortem.Labels(postmortem), deciding.Now, reason, deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }
}
