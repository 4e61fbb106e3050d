using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>Makes reports from plans. Services that are called alike are swept once. Pure.</summary>
public static class CoverageReports
{
    /// <summary>Who would be woken between two times.</summary>
    /// <param name="plans">Who is called for which service.</param>
    /// <param name="shiftsOf">The shifts of a source over the time.</param>
    /// <param name="reach">How well a person can be reached.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="until">Where it ends.</param>
    public static CoverageReport Of(
        IEnumerable<CalledPlan> plans, Func<LevelSource, IReadOnlyList<Shift>> shiftsOf, Func<string, Reach> reach, Instant from, Instant until)
    {
        var swept = new Dictionary<string, (IReadOnlyList<CoverageSpan> Spans, IReadOnlyList<CoverageFault> Faults)>(StringComparer.Ordinal);
        var services = new List<ServiceCoverage>();
        foreach (var plan in plans.OrderBy(p => p.Service, StringComparer.Ordinal).ThenBy(p => p.Severity, StringComparer.Ordinal))
        {
            var key = plan.Key();
            if (!swept.TryGetValue(key, out var found))
            {
                var spans = CoverageSweep.Spans(plan.Levels, shiftsOf, from, until);
                swept[key] = found = (spans, CoverageFaults.Of(spans, reach));
            }

            services.Add(new(plan.Service, plan.Severity, plan.Policy, found.Spans.Count > 0 ? found.Spans[0].Levels : [], found.Spans, found.Faults));
        }

        return new(from, until, services);
    }

    /// <summary>Where two reports over the same time differ; services that only the second knows are new and differ in nothing.</summary>
    public static IReadOnlyList<CoverageDifference> Differences(CoverageReport before, CoverageReport after)
    {
        var known = before.Services.ToDictionary(s => (s.Service, s.Severity));
        var differences = new List<CoverageDifference>();
        foreach (var now in after.Services)
        {
            if (!known.TryGetValue((now.Service, now.Severity), out var then)) continue;
            var gaps = CoverageFaults.Without(GapsOf(now), GapsOf(then));
            var changes = ReferenceEquals(then.Spans, now.Spans) ? [] : CoverageSweep.Changes(then.Spans, now.Spans);
            if (changes.Count > 0 || gaps.Count > 0) differences.Add(new(now.Service, now.Severity, changes, gaps));
        }

        return differences;
    }

    private static IReadOnlyList<Stretch> GapsOf(ServiceCoverage service) => service.Faults.FirstOrDefault(f => f.Kind == FaultKind.Gap)?.Stretches ?? [];
}
