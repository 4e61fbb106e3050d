using Microsoft.Extensions.DependencyInjection;
using Nines.Shell;

namespace Nines.Catalog.Manifests;

/// <summary>How a room registers the kinds of manifests that it takes.</summary>
public static class ManifestRegistration
{
    /// <summary>Takes manifests of a kind.</summary>
    public static Registration Manifest(this Registration room, ManifestKind kind)
    {
        room.Services.AddSingleton(kind);
        return room;
    }

    /// <summary>The kinds that all rooms have registered so far; for commands, which run without a server.</summary>
    public static ManifestKinds KindsOf(IServiceCollection services) =>
        new(services.Where(s => s.ServiceType == typeof(ManifestKind)).Select(s => (ManifestKind)s.ImplementationInstance!));
}
