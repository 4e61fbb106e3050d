using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>Brings the series of an answer into the form in which the hub knows them. Pure.</summary>
internal static class SourceSamples
{
    /// <summary>
    /// The samples of one query after <paramref name="fromMs"/>: counters under the query's own name with the server's labels (its
    /// metric name as <c>metric</c>), anything else as gauges. NaN is no sample.
    /// </summary>
    public static IEnumerable<(Labels Labels, SampleKind Kind, long UnixMs, double Value)> Of(SourceQuery query, PromAnswer answer, long fromMs)
    {
        var kind = query.Counter ? SampleKind.Counter : SampleKind.Gauge;
        foreach (var series in answer.Series)
        {
            if (LabelsOf(query, series) is not { } labels) continue;
            foreach (var (unixMs, value) in series.Samples)
                if (unixMs > fromMs && !double.IsNaN(value)) yield return (labels, kind, unixMs, value);
        }
    }

    private static Labels? LabelsOf(SourceQuery query, PromSeries series)
    {
        var labels = new List<Label>(series.Labels.Count + 1) { new(Labels.MetricName, query.SeriesName) };
        foreach (var label in series.Labels)
            labels.Add(label.Name == Labels.MetricName ? new("metric", label.Value) : label.Name == "metric" ? new("exported_metric", label.Value) : label);
        return Labels.TryCreate([.. labels], out var made) ? made : null;
    }
}
