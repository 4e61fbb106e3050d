using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents.Api;
using Nines.Responding.Incidents.Cli;
using Nines.Responding.Incidents.Manifests;
using Nines.Responding.Incidents.Ui;
using Nines.Shell;

namespace Nines.Responding.Incidents;

/// <summary>The room of incidents: declared, commanded, mitigated, resolved, with a timeline that writes itself.</summary>
public sealed class IncidentsModule : Module
{
    /// <inheritdoc />
    public override string Name => "incidents";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<IncidentDeclared>().Event<IncidentSeverityChanged>().Event<RoleTaken>().Event<RoleLeft>().Event<IncidentNoted>().Event<IncidentChecked>()
            .Event<IncidentCheckedIn>().Event<CheckInMissed>().Event<IncidentJoined>().Event<MitigationBegun>().Event<IncidentMitigated>().Event<ImpactMeasured>().Event<IncidentResolved>()
            .Event<IncidentReopened>().Event<IncidentMerged>().Event<IncidentTold>().Event<IncidentSplit>().Event<IncidentsRelated>().Event<IncidentTriggered>();
        room.Manifest(new IncidentPolicyKind());
        room.State(new IncidentBookFold());
        room.Services.AddSingleton<ImpactReading>();
        room.Services.AddSingleton<IncidentReading>();
        room.Services.AddSingleton<IncidentDesk>();
        room.Services.AddSingleton<IncidentsApi>();
        room.Services.AddSingleton<Reaction, OnPageOpened>();
        room.Services.AddSingleton<MissedCheckInEnd>();
        room.Services.AddSingleton<Reaction, OnCheckedIn>();
        room.Services.AddSingleton<Reaction, OnSeverityChanged>();
        room.Services.AddSingleton<Reaction, OnIncidentResolved>();
        room.Services.AddSingleton<Reaction, OnIncidentMerged>();
        room.Duty<IncidentDuty>();
        room.Duty<CheckInDuty>();
        room.Duty<DeclareDuty>();
        IncidentsApi.Register(room);
        IncidentPages.Register(room);
        room.Command(new IncidentDeclareCommand());
        room.Command(new IncidentListCommand());
        room.Command(new IncidentShowCommand());
        foreach (var action in IncidentActionCommand.All) room.Command(action);
    }
}
