using Nines.Measuring.Indicators;

namespace Nines.Measuring.Sources;

/// <summary>One query that a data source is asked, with the indicators that wait for it.</summary>
/// <param name="Source">Name of the data source.</param>
/// <param name="Text">As the manifest says.</param>
/// <param name="SeriesName">The name under which its samples reach the hub.</param>
/// <param name="Counter">Raw counters; otherwise one value a minute.</param>
/// <param name="Indicators">Indexes of the indicators that it feeds.</param>
public sealed record SourceQuery(string Source, string Text, string SeriesName, bool Counter, IReadOnlyList<int> Indicators)
{
    /// <summary>Collects what the indicators in use ask of other servers; the same query is asked once.</summary>
    public static IReadOnlyList<SourceQuery> Of(IEnumerable<(int Indicator, IndicatorSpec Spec)> used)
    {
        var found = new SortedDictionary<(string Source, string Text, bool Counter), SortedSet<int>>();
        foreach (var (indicator, spec) in used)
            foreach (var (query, counter) in Asked(spec))
            {
                if (query?.DataSource is not { } source) continue;
                if (!found.TryGetValue((source, query.Text, counter), out var indicators)) found[(source, query.Text, counter)] = indicators = [];
                indicators.Add(indicator);
            }

        return [.. found.Select(one => new SourceQuery(one.Key.Source, one.Key.Text, new MetricQuery("prometheus", one.Key.Text, one.Key.Source).SeriesName(one.Key.Counter), one.Key.Counter, [.. one.Value]))];
    }

    private static IEnumerable<(MetricQuery? Query, bool Counter)> Asked(IndicatorSpec spec) => spec switch
    {
        RatioIndicator ratio => [(ratio.Good, ratio.Counter), (ratio.Bad, ratio.Counter), (ratio.Total, ratio.Counter)],
        RawRatioIndicator raw => [(raw.Raw, false)],
        ThresholdIndicator threshold => [(threshold.Metric, false)],
        FreshnessIndicator freshness => [(freshness.Timestamp, false)],
        WindowsIndicator windows => Asked(windows.Inner),
        _ => [],
    };
}
