using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion;

/// <summary>What Prometheus' naming rules say about a metric whose type nobody sent.</summary>
public static class PrometheusNames
{
    private static readonly string[] CounterEndings = ["_total", "_count", "_sum", "_bucket"];

    /// <summary>Counters end in <c>_total</c>; histograms and summaries in <c>_bucket</c>, <c>_count</c>, <c>_sum</c> (prometheus.io/docs/practices/naming).</summary>
    public static SampleKind KindOf(string name)
        => Array.Exists(CounterEndings, e => name.EndsWith(e, StringComparison.Ordinal)) ? SampleKind.Counter : SampleKind.Gauge;
}
