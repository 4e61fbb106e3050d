using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions.Api;
using Nines.Learning.Actions.Cli;
using Nines.Learning.Actions.Manifests;
using Nines.Learning.Actions.Ui;
using Nines.Shell;

namespace Nines.Learning.Actions;

/// <summary>The room of what is done so that an incident does not happen again: owners, deadlines, reminders, evidence.</summary>
public sealed class ActionsModule : Module
{
    /// <inheritdoc />
    public override string Name => "actions";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<ActionAdded>().Event<ActionTaken>().Event<ActionStarted>().Event<ActionDone>().Event<ActionDropped>().Event<ActionReopened>().Event<ActionMoved>()
            .Event<CheckSet>().Event<CheckTurned>().Event<ActionReminded>().Event<ActionTrackerTold>();
        room.Manifest(new ActionPolicyKind());
        room.State(new ActionBookFold());
        room.Services.AddSingleton<ActionReading>();
        room.Services.AddSingleton<CheckReading>();
        room.Services.AddSingleton<ActionTrackers>();
        room.Services.AddSingleton<ActionDesk>();
        room.Services.AddSingleton<ActionsApi>();
        room.Services.AddSingleton<Reaction, OnActionDone>();
        room.Services.AddSingleton<Reaction, OnActionDropped>();
        room.Services.AddSingleton<Reaction, OnActionReopened>();
        room.Duty<ReminderDuty>();
        room.Duty<CheckDuty>();
        ActionsApi.Register(room);
        ActionPages.Register(room);
        room.Command(new ActionListCommand());
        room.Command(new ActionAddCommand());
        room.Command(new ActionShowCommand());
        foreach (var action in ActionStepCommand.All) room.Command(action);
    }
}
