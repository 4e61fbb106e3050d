using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>
/// Turns native histograms into <c>NAME_bucket{le}</c>, <c>NAME_count</c> and <c>NAME_sum</c>, so that a latency objective reads them as
/// any other histogram. Remembers across requests what keeps the counts from falling.
/// </summary>
internal sealed class NativeSeries(SeriesHasher hasher)
{
    private const ulong BucketSalt = 11, CountSalt = 12, SumSalt = 13;

    // Forgetting all costs only the protection across one change of schema, or a second look at classic series.
    private const int MaxRemembered = 500_000;

    private readonly Lock _gate = new();
    private readonly WireKeys _keys = new(hasher);
    private readonly ExponentialStreams _streams = new();
    private readonly NativeHistogram _histogram = new();
    private readonly Dictionary<SeriesKey, (Labels Labels, ulong CountHash)> _known = [];
    private readonly HashSet<ulong> _classic = [];
    private double[] _counts = new double[64];

    /// <summary>
    /// A sender may keep the classic buckets beside the native ones (Prometheus: scrape_classic_histograms). Their names are the same, so
    /// only one can count: the classic ones, which are exact at their bounds.
    /// </summary>
    public void NoteClassic(Labels labels)
    {
        if (!labels.Name.EndsWith("_count", StringComparison.Ordinal)) return;
        lock (_gate)
        {
            if (_classic.Count >= MaxRemembered) _classic.Clear();
            _classic.Add(labels.Hash);
        }
    }

    /// <summary>Books one histogram.</summary>
    /// <param name="key">Key of the series' labels on the wire.</param>
    /// <param name="labelBytes">The labels themselves.</param>
    /// <param name="bytes">The histogram.</param>
    /// <param name="labelLimit">Most labels a series.</param>
    /// <param name="texts">Texts that are kept once.</param>
    /// <param name="index">Where known series are found.</param>
    /// <param name="hub">Where samples go.</param>
    /// <param name="batch">The samples of this request.</param>
    /// <param name="taken">False where it was left out: it contradicts itself, also falls, or the classic ones come too.</param>
    /// <returns>False where the bytes are no histogram.</returns>
    public bool TryBook(SeriesKey key, ReadOnlySpan<byte> labelBytes, ReadOnlySpan<byte> bytes, int labelLimit, TextCache texts, ref SeriesIndex.View index, SignalHub hub, SampleBatch batch, out bool taken)
    {
        taken = false;
        lock (_gate)
        {
            if (!_histogram.TryRead(bytes)) return false;
            if (!TryKnow(key, labelBytes, labelLimit, texts, out var labels, out var countHash)) return true;
            if (_histogram.IsGauge || _classic.Contains(countHash) || !_histogram.TryUnfold()) return true;
            var bounds = NativeLadder.Bounds(_histogram, labels.Name);
            if (_counts.Length < bounds.Count) _counts = new double[bounds.Count];
            var counts = _counts.AsSpan(0, bounds.Count);
            var stale = StaleMarker.Is(_histogram.Sum);
            if (!stale)
            {
                NativeLadder.Count(_histogram, bounds, counts);
                // A start time is not sent; a reset that is said counts as one.
                _streams.Steady(key, _histogram.IsReset ? (ulong)_histogram.UnixMs : 0, (ulong)_histogram.Count, counts);
            }

            var written = new Out(_keys, key, labels, hub, batch, _histogram.UnixMs, stale);
            for (var i = 0; i < bounds.Count; i++) written.Write(ref index, BucketSalt, "_bucket", bounds[i], counts[i]);
            written.Write(ref index, BucketSalt, "_bucket", double.PositiveInfinity, _histogram.Count);
            written.Write(ref index, CountSalt, "_count", null, _histogram.Count);
            written.Write(ref index, SumSalt, "_sum", null, _histogram.Sum);
            taken = true;
            return true;
        }
    }

    private bool TryKnow(SeriesKey key, ReadOnlySpan<byte> labelBytes, int limit, TextCache texts, out Labels labels, out ulong countHash)
    {
        if (_known.TryGetValue(key, out var known))
        {
            (labels, countHash) = known;
            return true;
        }

        (labels, countHash) = (Labels.Empty, 0);
        if (LabelReader.TryRead(labelBytes, limit, texts, out var read) != LabelOutcome.Read || read!.Name.Length == 0) return false;
        if (_known.Count >= MaxRemembered) _known.Clear();
        labels = read;
        countHash = labels.With(Labels.MetricName, labels.Name + "_count").Hash;
        _known[key] = (labels, countHash);
        return true;
    }

    private readonly ref struct Out(WireKeys keys, SeriesKey key, Labels labels, SignalHub hub, SampleBatch batch, long unixMs, bool stale)
    {
        public void Write(ref SeriesIndex.View index, ulong salt, string suffix, double? bound, double value)
        {
            var own = keys.Mix(key, salt);
            if (bound is { } number) own = keys.Mix(own, BitConverter.DoubleToUInt64Bits(number));
            if (!index.TryGet(own, out var series))
            {
                var named = labels.With(Labels.MetricName, labels.Name + suffix);
                if (bound is { } edge) named = named.With("le", ExponentialLadder.Text(edge));
                series = hub.Resolve(named, SampleKind.Counter, batch.Source);
                index.Add(own, series);
            }

            batch.Add(series, unixMs, stale ? StaleMarker.Value : value);
        }
    }
}
