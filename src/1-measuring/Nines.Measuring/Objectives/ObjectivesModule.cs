using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives.Api;
using Nines.Measuring.Objectives.Cli;
using Nines.Measuring.Objectives.Manifests;
using Nines.Measuring.Objectives.Ui;
using Nines.Shell;

namespace Nines.Measuring.Objectives;

/// <summary>The room that knows every error budget and says when it burns.</summary>
public sealed class ObjectivesModule : Module
{
    /// <inheritdoc />
    public override string Name => "objectives";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<ObjectivesOptions, ObjectivesOptionsValidator>();
        room.State(new ObjectivesFold());
        Events(room);
        room.Services.AddSingleton<StoredBlocks>();
        room.Services.AddSingleton(s => new IndicatorBook(s.GetRequiredService<StoredBlocks>(), s.GetRequiredService<StoredBlocks>().IdOf));
        room.Services.AddSingleton<ObjectiveEngine>();
        room.Services.AddSingleton<IManifestFollower>(s => s.GetRequiredService<ObjectiveEngine>());
        room.Services.AddSingleton<ObjectiveQueries>();
        room.Services.AddSingleton<ICheckpointPart, StreamCheckpoint>();
        room.Duty<EvaluateDuty>();
        room.Duty<ReadAheadDuty>();
        room.Services.AddSingleton<EngineFigures>();
        room.Services.AddSingleton<IRoomLife>(s => s.GetRequiredService<EngineFigures>());
        room.Duty<RetentionDuty>();
        ObjectivePages.Register(room);
        ManifestObjectivesRegistration.Register(room);
        var read = Permission.Read("objectives");
        room.Command(new SloListCommand()).Command(new SloShowCommand()).Command(new SloExplainCommand()).Command(new BacktestCommand(room.Services));
        room.Get("/api/v1/objectives", read, ObjectivesApi.List);
        room.Get("/api/v1/objectives/{name}", read, ObjectivesApi.Show);
    }

    private static void Events(Registration room) => room
        .Event<BurnAlertFired>().Event<BurnAlertReopened>().Event<BurnAlertEnded>().Event<BurnAlertSuppressed>().Event<BurnSuppressionEnded>()
        .Event<BudgetCrossed>().Event<BudgetStateChanged>().Event<AbsenceStarted>().Event<AbsenceEnded>().Event<ObjectiveRemoved>();
}
