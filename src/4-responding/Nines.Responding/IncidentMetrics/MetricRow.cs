using NodaTime;

namespace Nines.Responding.IncidentMetrics;

/// <summary>One clock of many incidents.</summary>
/// <param name="Key">Its short name: <c>detect</c>, <c>acknowledge</c>, <c>respond</c>, <c>mitigate</c>, <c>restore</c>, <c>resolve</c>, <c>between</c>.</param>
/// <param name="Name">What people call it, with what its R stands for.</param>
/// <param name="Means">From which clock to which.</param>
/// <param name="Count">Incidents that have it; those that lack it, or whose difference is negative, are not in it.</param>
/// <param name="Mean">The mean; null without any.</param>
/// <param name="Median">Half are no longer.</param>
/// <param name="P90">Nine of ten are no longer.</param>
/// <param name="Target">What the mean should stay under; null where nobody set one.</param>
public sealed record MetricRow(string Key, string Name, string Means, int Count, Duration? Mean, Duration? Median, Duration? P90, Duration? Target)
{
    /// <summary>True where the mean is above its target; null where either is missing.</summary>
    public bool? Late => Mean is { } mean && Target is { } target ? mean > target : null;
}

/// <summary>The figures of one group of incidents.</summary>
/// <param name="Group">A service, a severity, a month; <c>all</c>.</param>
/// <param name="Incidents">So many.</param>
/// <param name="Repeats">So many of them had one alike in the 30 days before.</param>
/// <param name="RepeatRate">Their share; null without any incident.</param>
/// <param name="Metrics">One for each clock.</param>
public sealed record MetricGroup(string Group, int Incidents, int Repeats, double? RepeatRate, IReadOnlyList<MetricRow> Metrics);

/// <summary>Figures of incidents.</summary>
/// <param name="By">How they are grouped.</param>
/// <param name="From">Since when they were detected.</param>
/// <param name="Until">Until when.</param>
/// <param name="Drills">Drills that are left out.</param>
/// <param name="Duplicates">Incidents that became part of another one and are left out.</param>
/// <param name="Negative">Differences below zero that are left out, such as a report before its impact.</param>
/// <param name="Groups">All together first, then each group.</param>
public sealed record MetricReport(string By, Instant From, Instant Until, int Drills, int Duplicates, int Negative, IReadOnlyList<MetricGroup> Groups);
