using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Coverage.Api;
using Nines.Paging.Coverage.Cli;
using Nines.Paging.Coverage.Ui;
using Nines.Shell;

namespace Nines.Paging.Coverage;

/// <summary>The room that proves who would be woken, before it is needed.</summary>
public sealed class CoverageModule : Module
{
    /// <inheritdoc />
    public override string Name => "coverage";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<CoverageOptions, CoverageOptionsValidator>();
        room.Services.AddSingleton<ICalledPlans, PolicyPlans>();
        room.Services.AddSingleton<CoverageDesk>();
        room.Fill<IManifestReview, CoverageReview>();
        var read = Permission.Read("coverage");
        room.Get("/api/v1/oncall/plan", read, CoverageApi.Show);
        room.Post("/api/v1/oncall/plan", read, CoverageApi.PlanAsync);
        CoveragePages.Register(room);
        room.Command(new OnCallPlanCommand());
    }
}
