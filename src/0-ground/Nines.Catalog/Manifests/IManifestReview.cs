using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>
/// A room that judges a change before it is made: who would no longer be woken by it? An error holds the change up unless
/// it is forced with a reason, which is then kept; a finding only says so. A watched folder is never held up.
/// </summary>
public interface IManifestReview
{
    /// <summary>What a change comes to. Must be quick: it runs at each change and at each dry run.</summary>
    /// <param name="state">The house as it is.</param>
    /// <param name="next">All manifests as they would be.</param>
    /// <param name="now">When.</param>
    IReadOnlyList<Problem> Review(HouseState state, ManifestSet next, Instant now);
}
