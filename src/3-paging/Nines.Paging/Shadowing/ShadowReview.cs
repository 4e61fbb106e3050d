using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Coverage;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>
/// A house that calls people never falls silent by the way: where Nines called somebody lately about a service that
/// would be in shadow mode, the change is held up until it is forced with a reason. Going live says what rings at once.
/// </summary>
internal sealed class ShadowReview(CompiledManifests manifests) : IManifestReview
{
    // Whoever was called this month relies on it.
    private static readonly Duration Lately = Duration.FromDays(30);

    public IReadOnlyList<Problem> Review(HouseState state, ManifestSet next, Instant now)
    {
        var before = manifests.For(state);
        if (before.Manifests<ShadowMode>().Count + next.Manifests<ShadowMode>().Count == 0) return [];
        var (said, pages) = (new List<Problem>(), state.Get<PageBook>());
        var silent = pages.All.Values.Where(p => p is { Run: not null, Shadow.Length: 0 } && p.OpenedAt > now - Lately && ShadowModes.Of(before, p.Service) is null && ShadowModes.Of(next, p.Service) is not null)
            .Select(p => CoverageWords.Name(p.Service)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (silent.Length > 0)
            said.Add(Problem.Conflict($"Nines called people about {CoverageWords.Names(silent)} in the last 30 days and would call nobody any more.", "Leave them out with except:, or force it with the reason why another pager calls people now."));
        var rings = pages.InShadow.Select(id => pages.All[id]).Count(p => p.Rings && ShadowModes.Of(next, p.Service) is null);
        if (rings > 0) said.Add(Problem.Finding($"{rings} open {(rings == 1 ? "page begins" : "pages begin")} to call people at once.", "See who in /shadow."));
        return said;
    }
}
