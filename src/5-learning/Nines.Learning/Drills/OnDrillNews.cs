using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Responding.Incidents;

namespace Nines.Learning.Drills;

/// <summary>An exercise is declared: it is the drill's of whoever declares it, or of its service. A real incident breaks drills off.</summary>
internal sealed class OnIncidentDeclared : Reaction<IncidentDeclared>
{
    protected override void React(IncidentDeclared happened, JournalEntry entry, Deciding deciding)
    {
        var book = deciding.State.Get<DrillBook>();
        if (!happened.Drill)
        {
            if (happened.Severity > IncidentSeverity.Sev2) return;
            foreach (var run in book.Open.ToArray())
                DrillDesk.Write(deciding, run.Id, DrillRules.Over(run, null, $"INC-{happened.Number} is real: {happened.Title}", true, "", deciding.Now));
            return;
        }

        var waiting = book.Open.Where(r => r.Incident.Length == 0).ToArray();
        if ((waiting.FirstOrDefault(r => r.RoleOf(happened.By) is not null) ?? waiting.FirstOrDefault(r => happened.Services.Contains(r.Start.Service, StringComparer.Ordinal))) is not { } drill) return;
        deciding.Write(DrillDesk.StreamOf(drill.Id), new DrillDeclared(drill.Id, happened.Id));
        deciding.Write(IncidentDesk.StreamOf(happened.Id), new IncidentTold(happened.Id, TimelineKind.State, $"It is an exercise: {drill.Name}, {drill.Start.Title}.", "", "drill/" + drill.Id));
    }
}

/// <summary>Somebody checks in on an exercise.</summary>
internal sealed class OnCheckedIn : Reaction<IncidentCheckedIn>
{
    protected override void React(IncidentCheckedIn happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<DrillBook>().Open.FirstOrDefault(r => r.Incident == happened.Id && r.UpdatedAt is null) is { } run)
            deciding.Write(DrillDesk.StreamOf(run.Id), new DrillUpdated(run.Id, happened.By));
    }
}

/// <summary>Somebody answers a call of a drill where it reached them.</summary>
internal sealed class OnContactAnswered(CompiledManifests manifests) : Reaction<ContactAnswered>
{
    protected override void React(ContactAnswered happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Answer != ContactAnswer.Acknowledge || deciding.State.Get<DrillBook>().OfCall(happened.Effect) is not { } called) return;
        var context = new DrillContext { Drills = deciding.State.Get<DrillBook>(), Incidents = deciding.State.Get<IncidentBook>(), Catalog = manifests.For(deciding.State), Now = deciding.Now, NewId = deciding.NewId };
        var taken = DrillRules.Acknowledge(context, called.Run.Id, called.Inject, happened.Person, happened.Via);
        if (taken.Ok) DrillDesk.Write(deciding, called.Run.Id, taken.Value);
    }
}
