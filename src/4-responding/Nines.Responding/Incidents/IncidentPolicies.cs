using Nines.Catalog.Manifests;

namespace Nines.Responding.Incidents;

/// <summary>How a house responds: as its manifest says, or as shipped.</summary>
public static class IncidentPolicies
{
    /// <summary>The policy of a set of manifests.</summary>
    public static IncidentPolicy Of(ManifestSet all) => all.Of<IncidentPolicy>().FirstOrDefault() ?? IncidentPolicy.Shipped;
}
