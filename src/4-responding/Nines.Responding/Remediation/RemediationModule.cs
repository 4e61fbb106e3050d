using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Rules;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Remediation.Api;
using Nines.Responding.Remediation.Cli;
using Nines.Responding.Remediation.Manifests;
using Nines.Responding.Remediation.Ui;
using Nines.Shell;

namespace Nines.Responding.Remediation;

/// <summary>The room of self-healing: rules that propose, ask or act, as far as they are trusted.</summary>
public sealed class RemediationModule : Module
{
    /// <inheritdoc />
    public override string Name => "remediation";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<RemedyProposed>().Event<RemedyBegun>().Event<RemedyStepBegun>().Event<RemedyStepEnded>().Event<RemedyDone>().Event<RemedyJudged>().Event<RemedyRejected>().Event<RemedyLapsed>().Event<RemedyHeldBack>().Event<RemedyEscalated>()
            .Event<RemediationStopped>().Event<RemediationStarted>();
        room.Options<RemediationOptions, RemediationOptionsValidator>();
        room.Manifest(new RemediationKind());
        room.State(new RemedyBookFold());
        room.Services.AddSingleton<RemediationDesk>();
        room.Services.AddSingleton<RemediationReading>();
        room.Services.AddSingleton<RemediationApi>();
        room.Services.AddSingleton<Reaction, OnRemedyProposed>();
        room.Services.AddSingleton<Reaction, OnRemedyBegun>();
        room.Services.AddSingleton<Reaction, OnRemedyCallEnded>();
        room.Services.AddSingleton<Reaction, OnRemedyStepEnded>();
        room.Services.AddSingleton<Reaction, OnRemedyJudged>();
        room.Services.AddSingleton<Reaction, OnRemedyLapsed>();
        room.Services.AddSingleton<Reaction, OnRemedyRejected>();
        room.Services.AddSingleton<Reaction, OnRemedyEscalated>();
        room.Services.AddSingleton<Reaction, OnSymptomGone>();
        room.Duty<RemediationDuty>();
        room.Fill<IAlertLint, RemediationLint>();
        room.Fill<IManifestReview, RemediationReview>();
        RemediationApi.Register(room);
        RemediationPages.Register(room);
        room.Command(new RemediationListCommand());
        room.Command(new RemediationShowCommand());
        room.Command(new RemediationLogCommand());
        room.Command(new RemediationTryCommand());
        room.Command(new RemediationExamplesCommand());
        room.Command(new RemediationStopCommand(stops: true));
        room.Command(new RemediationStopCommand(stops: false));
        foreach (var action in RemedyActionCommand.All) room.Command(action);
    }
}
