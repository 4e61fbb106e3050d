using Nines.Measuring.Ingestion.Otlp;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>Reads native histograms at lasting bounds, the same ladder as for OTLP's exponential histograms. Pure.</summary>
/// <remarks>
/// Source: Prometheus, model/histogram: bucket i of schema s ends at base^i, base = 2^(2^-s), and begins above base^(i-1); the zero bucket
/// reaches from -threshold to +threshold. A sender's own bounds (schema -53) are taken as they are, and then nothing is interpolated.
/// </remarks>
internal static class NativeLadder
{
    /// <summary>The bounds for a histogram: the sender's own, or the ladder of the unit that the metric's name ends in.</summary>
    public static IReadOnlyList<double> Bounds(NativeHistogram histogram, string metric) =>
        histogram.Schema == NativeHistogram.CustomBounds ? histogram.Bounds : ExponentialLadder.Bounds(UnitOf(metric));

    /// <summary>Counts the observations at or below each bound.</summary>
    public static void Count(NativeHistogram histogram, IReadOnlyList<double> bounds, Span<double> cumulative)
    {
        var custom = histogram.Schema == NativeHistogram.CustomBounds;
        for (var b = 0; b < bounds.Count; b++)
        {
            // Inside the zero bucket observations are taken as evenly spread, on its upper half where none is negative.
            var zero = bounds[b] >= histogram.ZeroThreshold ? 1 : Math.Max(0, bounds[b]) / histogram.ZeroThreshold;
            cumulative[b] = custom ? 0 : histogram.Negative + (histogram.ZeroCount * zero);
        }

        var (bound, events) = (0, 0.0);
        foreach (var (index, count) in histogram.Buckets)
        {
            for (; bound < bounds.Count; bound++)
            {
                var place = custom ? bound : ExponentialLadder.Place(bounds[bound], histogram.Schema);
                if (place >= index) break;
                cumulative[bound] += events + (custom ? 0 : count * Math.Clamp(place - (index - 1), 0, 1));
            }

            events += count;
        }

        for (; bound < bounds.Count; bound++) cumulative[bound] += events;
    }

    private static string UnitOf(string metric) =>
        metric.EndsWith("_seconds", StringComparison.Ordinal) ? "s"
        : metric.EndsWith("_milliseconds", StringComparison.Ordinal) || metric.EndsWith("_ms", StringComparison.Ordinal) ? "ms"
        : metric.EndsWith("_microseconds", StringComparison.Ordinal) ? "us"
        : metric.EndsWith("_nanoseconds", StringComparison.Ordinal) ? "ns"
        : "";
}
