using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Coverage;

/// <summary>Who is called for which service and severity, by the manifests given.</summary>
public interface ICalledPlans
{
    /// <summary>One for each service and severity, and those of alerts without a service.</summary>
    /// <param name="all">The manifests to go by: a state's own, or those of a planned change.</param>
    /// <param name="hasContact">True where there is any way to reach a person.</param>
    IReadOnlyList<CalledPlan> Of(ManifestSet all, Func<Person, bool> hasContact);
}
