using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Drills.Api;
using Nines.Learning.Drills.Cli;
using Nines.Learning.Drills.Manifests;
using Nines.Learning.Drills.Ui;
using Nines.Shell;

namespace Nines.Learning.Drills;

/// <summary>The room of drills: incidents played on a clock, labelled, scored, with a training record.</summary>
public sealed class DrillsModule : Module
{
    /// <inheritdoc />
    public override string Name => "drills";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<WheelSpun>().Event<DrillStarted>().Event<DrillInjected>().Event<DrillSaid>().Event<DrillAcknowledged>().Event<DrillAnswered>().Event<DrillDeclared>().Event<DrillUpdated>()
            .Event<DrillChecked>().Event<DrillEnded>().Event<DrillScored>().Event<DrillDebriefed>().Event<DrillActionAdded>();
        room.Manifest(new DrillKind());
        room.Manifest(new DrillPolicyKind());
        room.State(new DrillBookFold());
        room.Services.AddSingleton<DrillCalls>();
        room.Services.AddSingleton<DrillReading>();
        room.Services.AddSingleton<DrillDesk>();
        room.Services.AddSingleton<DrillsApi>();
        room.Services.AddSingleton<Reaction, OnIncidentDeclared>();
        room.Services.AddSingleton<Reaction, OnCheckedIn>();
        room.Services.AddSingleton<Reaction, OnContactAnswered>();
        room.Duty<DrillDuty>();
        room.Duty<DrillCloseDuty>();
        DrillsApi.Register(room);
        DrillPages.Register(room);
        room.Command(new DrillListCommand());
        room.Command(new DrillShowCommand());
        room.Command(new DrillRunsCommand());
        room.Command(new DrillRecordCommand());
        room.Command(new DrillSpinCommand());
        room.Command(new DrillStartCommand());
        room.Command(new DrillDraftCommand());
        room.Command(new DrillActionCommand());
        foreach (var step in DrillStepCommand.All) room.Command(step);
    }
}
