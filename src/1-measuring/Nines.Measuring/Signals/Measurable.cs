namespace Nines.Measuring.Signals;

/// <summary>What could be measured from a metric, judged by its name alone (prometheus.io/docs/practices/naming).</summary>
public static class Measurable
{
    /// <summary><c>histogram</c> gives latency objectives, <c>counter</c> gives ratios of events, <c>gauge</c> gives raw ratios and freshness, and a <c>sum</c> of measured values nothing by itself.</summary>
    public static string ShapeOf(string name)
    {
        if (name.EndsWith("_bucket", StringComparison.Ordinal)) return "histogram";
        if (name.EndsWith("_sum", StringComparison.Ordinal)) return "sum";
        return name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal) ? "counter" : "gauge";
    }
}
