using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Coverage;

/// <summary>Who is called for which service and severity, by the manifests given.</summary>
public interface ICalledPlans
{
    /// <summary>One for each service and severity, and those of alerts without a service.</summary>
    /// <param name="state">The house.</param>
    /// <param name="all">The manifests to go by: the state's own, or those of a planned change.</param>
    IReadOnlyList<CalledPlan> Of(HouseState state, ManifestSet all);
}
