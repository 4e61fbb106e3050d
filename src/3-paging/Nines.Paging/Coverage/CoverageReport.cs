using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>Who would be woken for one service and severity over the time ahead.</summary>
/// <param name="Service">The service; empty for alerts that name none.</param>
/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
/// <param name="Policy">What decides.</param>
/// <param name="Now">Who would be woken at the beginning, level by level.</param>
/// <param name="Spans">Who would be woken when; neighbours differ.</param>
/// <param name="Faults">What is wrong, the worst first.</param>
public sealed record ServiceCoverage(
    string Service, string Severity, string Policy, IReadOnlyList<IReadOnlyList<string>> Now, IReadOnlyList<CoverageSpan> Spans, IReadOnlyList<CoverageFault> Faults)
{
    /// <summary>The worst that is wrong; null where nothing is.</summary>
    public FaultKind? Worst => Faults.Count > 0 ? Faults[0].Kind : null;
}

/// <summary>The coverage proof: who would be woken for every service and severity, at every moment of the time ahead.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Services">Alerts without a service first, then by name.</param>
public sealed record CoverageReport(Instant From, Instant Until, IReadOnlyList<ServiceCoverage> Services)
{
    /// <summary>How many of them have a gap.</summary>
    public int WithGap => Services.Count(s => s.Worst == FaultKind.Gap);
}

/// <summary>Where a change wakes somebody else.</summary>
/// <param name="Service">The service.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Changes">When, and who instead of whom.</param>
/// <param name="NewGaps">When nobody would be woken any more who was before.</param>
public sealed record CoverageDifference(string Service, string Severity, IReadOnlyList<CoverageChange> Changes, IReadOnlyList<Stretch> NewGaps);

/// <summary>A planned change beside today.</summary>
/// <param name="Report">Who would be woken after it.</param>
/// <param name="Differences">Services for which somebody else is woken.</param>
public sealed record CoveragePlan(CoverageReport Report, IReadOnlyList<CoverageDifference> Differences)
{
    /// <summary>True where somebody who is woken today would not be.</summary>
    public bool Blocks => Differences.Any(d => d.NewGaps.Count > 0);
}
