using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>
/// Looks at every change before it is made: where somebody is woken today and nobody would be, it is held up; where
/// somebody else would be woken, it says who.
/// </summary>
internal sealed class CoverageReview(CoverageDesk desk, CompiledManifests manifests, IOptions<CoverageOptions> options) : IManifestReview
{
    /// <summary>So many of a kind are said one by one.</summary>
    private const int Most = 10;

    public IReadOnlyList<Problem> Review(HouseState state, ManifestSet next, Instant now)
    {
        if (Concerns(next).SequenceEqual(Concerns(manifests.For(state)), ReferenceEqualityComparer.Instance)) return [];
        return Words(desk.Differences(state, next, now, now + Duration.FromDays(options.Value.Days)));
    }

    /// <summary>What differences come to, in sentences: gaps that are new are errors, everything else is worth knowing.</summary>
    internal static IReadOnlyList<Problem> Words(IReadOnlyList<CoverageDifference> differences)
    {
        var said = new List<Problem>();
        foreach (var gap in differences.Where(d => d.NewGaps.Count > 0).GroupBy(d => string.Join(';', d.NewGaps)).Take(Most))
        {
            var services = CoverageWords.Names([.. gap.Select(d => CoverageWords.Name(d.Service)).Distinct(StringComparer.Ordinal)]);
            var fault = new CoverageFault(FaultKind.Gap, 0, [], gap.First().NewGaps);
            said.Add(Problem.Conflict(CoverageWords.Of(fault, services), CoverageWords.Remedy(FaultKind.Gap)));
        }

        var changed = differences.Where(d => d.Changes.Count > 0 && d.NewGaps.Count == 0).ToArray();
        said.AddRange(changed.Take(Most).Select(d => Problem.Finding(CoverageWords.Of(d))));
        if (changed.Length > Most) said.Add(Problem.Finding($"Somebody else is woken for {changed.Length - Most} more services too.", "See all of it with \"nines oncall plan -f FILE\"."));
        return said;
    }

    /// <summary>Manifests that have a say in who is woken, in order.</summary>
    private static IEnumerable<CompiledManifest> Concerns(ManifestSet all) => all.All.Where(m => m.Spec is not null && m.Key.Kind is "Person" or "Team" or "Service" or "Schedule" or "EscalationPolicy" or "AlertRouting");
}
