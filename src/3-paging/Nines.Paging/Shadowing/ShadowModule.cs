using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Coverage;
using Nines.Paging.Shadowing.Api;
using Nines.Paging.Shadowing.Cli;
using Nines.Paging.Shadowing.Manifests;
using Nines.Paging.Shadowing.Ui;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Paging.Shadowing;

/// <summary>The room in which Nines runs beside another pager, calls nobody, and shows the difference.</summary>
public sealed class ShadowModule : Module
{
    /// <inheritdoc />
    public override string Name => "shadow";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<OutsidePageHeard>();
        room.Manifest(new ShadowModeKind());
        room.State(new ShadowFold());
        room.Services.AddSingleton(s => new ShadowDesk(s.GetRequiredService<IHouse>(), s.GetRequiredService<CompiledManifests>(), s.GetRequiredService<CoverageDesk>()));
        room.Services.AddSingleton<Reaction, OnOutsidePage>();
        room.Services.AddSingleton<Reaction, OnShadowApplied>();
        room.Services.AddSingleton<Reaction, OnShadowDeleted>();
        room.Fill<IManifestReview, ShadowReview>();
        room.Fill<IPageBand, ShadowBand>();
        room.Get("/api/v1/shadow", Permission.Read("shadow"), ShadowApi.Show);
        room.Post("/api/v1/shadow/{mode}/import", Permission.Write("shadow"), ShadowApi.ImportAsync);
        room.Post("/in/shadow/{mode}", Permission.OwnProof("shadow", "the key of the shadow mode, or a caller who may send to it"), ShadowDoor.TakeAsync);
        ShadowPages.Register(room);
        room.Command(new ShadowCommand());
        room.Command(new ShadowImportCommand());
    }
}
