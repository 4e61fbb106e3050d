using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Rules;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Briefs;
using Nines.Responding.Runbooks.Api;
using Nines.Responding.Runbooks.Cli;
using Nines.Responding.Runbooks.Manifests;
using Nines.Responding.Runbooks.Ui;
using Nines.Shell;

namespace Nines.Responding.Runbooks;

/// <summary>The room of runbooks: what to do about an alert, step by step, and what came of it.</summary>
public sealed class RunbooksModule : Module
{
    /// <inheritdoc />
    public override string Name => "runbooks";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<RunStarted>().Event<StepCalled>().Event<StepShown>().Event<StepEnded>().Event<OptionChosen>().Event<RunEscalationDue>().Event<RunFinished>().Event<RunAbandoned>().Event<RunbookReviewed>().Event<RunbookUsed>();
        room.Manifest(new RunbookKind());
        room.State(new RunbookRunsFold());
        room.Services.AddSingleton<RunbookReading>();
        room.Services.AddSingleton<RunbookDesk>();
        room.Services.AddSingleton<RunbooksApi>();
        room.Services.AddSingleton<Reaction, OnRunStarted>();
        room.Services.AddSingleton<Reaction, OnStepEnded>();
        room.Services.AddSingleton<Reaction, OnOptionChosen>();
        room.Services.AddSingleton<Reaction, OnStepCalled>();
        room.Services.AddSingleton<Reaction, OnRunEscalationDue>();
        room.Services.AddSingleton<Reaction, OnRunFinished>();
        room.Services.AddSingleton<Reaction, OnRunAbandoned>();
        room.Services.AddSingleton<Reaction, OnStepCallEnded>();
        room.Duty<RunEscalationDuty>();
        room.Fill<IAlertLint, RunbookLint>();
        room.Fill<IFirstAction, RunbookFirstAction>();
        RunbooksApi.Register(room);
        RunbookPages.Register(room);
        room.Command(new RunbookListCommand());
        room.Command(new RunbookShowCommand());
        room.Command(new RunbookMissingCommand());
        room.Command(new RunbookNewCommand());
        room.Command(new RunbookImportCommand());
        room.Command(new RunbookReviewedCommand());
        room.Command(new RunListCommand());
        room.Command(new RunStartCommand());
        foreach (var action in RunActionCommand.All) room.Command(action);
    }
}
