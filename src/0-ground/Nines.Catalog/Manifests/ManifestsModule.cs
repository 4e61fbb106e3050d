using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Manifests;

/// <summary>What people want, as manifests: read, checked, kept, given back.</summary>
public sealed class ManifestsModule : Module
{
    /// <inheritdoc />
    public override string Name => "manifests";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<ManifestsOptions, ManifestsOptionsValidator>()
            .Event<ManifestApplied>()
            .Event<ManifestDeleted>()
            .Event<ManifestsForced>()
            .State(new ManifestsFold())
            .Duty<WatchFolderDuty>()
            .Duty<FollowManifestsDuty>()
            .Command(new ValidateCommand(() => ManifestRegistration.KindsOf(room.Services)))
            .Command(new ExplainCommand(() => ManifestRegistration.KindsOf(room.Services)))
            .Command(new ApplyCommand(() => ManifestRegistration.KindsOf(room.Services)))
            .Command(new GetCommand())
            .Command(new DeleteCommand());
        ManifestsApi.Register(room);
        Ui.ManifestPages.Register(room);
        room.Services.AddSingleton(s => new ManifestKinds(s.GetServices<ManifestKind>()));
        room.Services.AddSingleton(s => new CompiledManifests(s.GetRequiredService<ManifestKinds>(), s.GetRequiredService<IPersonKeys>()));
        room.Services.AddSingleton<ManifestReviews>();
        room.Services.AddSingleton<ApplyManifests>();
        room.Services.AddSingleton<IRoomLife, FirstLook>();
    }
}
