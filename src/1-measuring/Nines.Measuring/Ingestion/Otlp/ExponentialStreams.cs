using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>
/// Keeps the counts of cumulative exponential histograms from falling when the sender widens its buckets: an interpolated count
/// may then come out a little lower, and a falling counter would be taken for a restart.
/// </summary>
/// <remarks>Within one start time a count only grows; after a change of scale each bound waits at its last count until the new one passes it.</remarks>
internal sealed class ExponentialStreams
{
    // Forgetting all costs only the protection across one change of scale, so the bound is a plain one.
    private const int MaxStreams = 50_000;

    private readonly Dictionary<SeriesKey, Last> _streams = [];

    /// <summary>Raises each count to at least the last one of the same stream, unless the stream began anew.</summary>
    /// <param name="key">The stream's wire key.</param>
    /// <param name="startNano">Start time of the counting.</param>
    /// <param name="count">Events in all.</param>
    /// <param name="cumulative">Counts at the ladder's bounds; changed in place.</param>
    public void Steady(SeriesKey key, ulong startNano, ulong count, Span<double> cumulative)
    {
        if (!_streams.TryGetValue(key, out var last) || last.Counts.Length != cumulative.Length)
        {
            if (_streams.Count >= MaxStreams) _streams.Clear();
            _streams[key] = last = new Last(new double[cumulative.Length]);
        }
        else if (last.StartNano == startNano && count >= last.Count)
        {
            for (var i = 0; i < cumulative.Length; i++) cumulative[i] = Math.Max(cumulative[i], last.Counts[i]);
        }

        last.StartNano = startNano;
        last.Count = count;
        cumulative.CopyTo(last.Counts);
    }

    private sealed class Last(double[] counts)
    {
        public double[] Counts { get; } = counts;

        public ulong StartNano { get; set; }

        public ulong Count { get; set; }
    }
}
