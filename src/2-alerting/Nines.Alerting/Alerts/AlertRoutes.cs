using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>The routes of this house: what ships with the times of its settings, and over it what manifests say. Built once for a set of manifests.</summary>
public sealed class AlertRoutes(IOptions<AlertsOptions> options, CompiledManifests manifests)
{
    private readonly ConditionalWeakTable<ManifestSet, RouteTable> _tables = [];
    private readonly Lazy<RouteTable> _shipped = new(() => options.Value.Routes());

    /// <summary>The routes as the manifests of a state say.</summary>
    public RouteTable For(HouseState state) => For(manifests.For(state));

    /// <summary>The routes as these manifests say; those of a planned change, too.</summary>
    public RouteTable For(ManifestSet all) => _tables.GetValue(all, set => Build(_shipped.Value, set));

    internal static RouteTable Build(RouteTable shipped, ManifestSet set)
    {
        var spec = set.Of<RoutingSpec>().FirstOrDefault() ?? RoutingSpec.None;
        return shipped.With(spec, [.. set.Of<MaintenanceWindow>()], CatalogView.Of(set).Dependencies);
    }
}
