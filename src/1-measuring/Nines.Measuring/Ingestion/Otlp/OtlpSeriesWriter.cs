using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Turns one data point into samples of its series: one for a number, NAME_bucket{le}, NAME_count and NAME_sum for a histogram.</summary>
internal sealed class OtlpSeriesWriter(OtlpLabels labels, OtlpLists lists, ExponentialStreams streams, WireKeys keys)
{
    private const ulong CountSalt = 1, SumSalt = 2, BucketSalt = 3, QuantileSalt = 4;

    private readonly double[] _ladder = new double[128];

    // Labels are gathered once a point, and only when one of its series is new.
    private bool _gathered;
    private OtlpRefusal? _wrong;

    /// <summary>Writes the samples of one point; answers why the point was refused, or null.</summary>
    public OtlpRefusal? Write<TSink>(in OtlpFrame frame, in OtlpPoint point, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        _gathered = false;
        _wrong = null;
        if (KindOf(frame, out var kind) is { } refusal) return refusal;
        var unixMs = point.TimeNano == 0 ? frame.ReceivedMs : (long)(point.TimeNano / 1_000_000);
        var at = new Moment(unixMs, frame.Kind == OtlpKind.Gauge ? 0 : (long)(point.StartNano / 1_000_000), point.NoRecordedValue);
        switch (frame.Kind)
        {
            case OtlpKind.Histogram: Explicit(frame, point, kind, at, ref sink); break;
            case OtlpKind.ExponentialHistogram: Exponential(frame, point, kind, at, ref sink); break;
            case OtlpKind.Summary: Summary(frame, point, at, ref sink); break;
            default: One(frame, frame.PointKey, "", kind, at, point.Value, ref sink); break;
        }

        return _wrong;
    }

    private static OtlpRefusal? KindOf(in OtlpFrame frame, out SampleKind kind)
    {
        kind = SampleKind.Gauge;
        if (frame.Kind == OtlpKind.Gauge) return null;
        kind = SampleKind.Counter;
        if (frame.Kind == OtlpKind.Summary) return null;
        if (frame.Temporality is not (OtlpTemporality.Delta or OtlpTemporality.Cumulative)) return OtlpRefusal.NoTemporality;
        var delta = frame.Temporality == OtlpTemporality.Delta;
        if (delta) kind = SampleKind.Delta;
        if (frame.Kind != OtlpKind.Sum || frame.Monotonic) return null;
        kind = SampleKind.Gauge;
        return delta ? OtlpRefusal.DeltaNotMonotonic : null;
    }

    private void Explicit<TSink>(in OtlpFrame frame, in OtlpPoint point, SampleKind kind, Moment at, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        if (lists.Counts.Count > 0 && (lists.Counts.Count != lists.Bounds.Count + 1 || !Ascending(lists.Bounds)))
        {
            _wrong = OtlpRefusal.Buckets;
            return;
        }

        double events = 0;
        for (var i = 0; i < lists.Counts.Count - 1; i++)
        {
            events += lists.Counts[i];
            Bucket(frame, lists.Bounds[i], kind, at, events, ref sink);
        }

        Totals(frame, point, kind, at, ref sink);
    }

    private void Exponential<TSink>(in OtlpFrame frame, in OtlpPoint point, SampleKind kind, Moment at, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        var bounds = OtlpAttributes.TryText(frame.Unit, out var unit) ? ExponentialLadder.Bounds(unit) : ExponentialLadder.Bounds("");
        var counts = _ladder.AsSpan(0, bounds.Length);
        if (!ExponentialLadder.TryCount(point, bounds, counts))
        {
            _wrong = OtlpRefusal.Buckets;
            return;
        }

        if (kind == SampleKind.Counter && !at.Stale) streams.Steady(frame.PointKey, point.StartNano, point.Count, counts);
        for (var i = 0; i < bounds.Length; i++) Bucket(frame, bounds[i], kind, at, counts[i], ref sink);
        Totals(frame, point, kind, at, ref sink);
    }

    private void Summary<TSink>(in OtlpFrame frame, in OtlpPoint point, Moment at, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        for (var i = 0; i < lists.Bounds.Count; i++)
        {
            var quantile = ExponentialLadder.Text(lists.Bounds[i]);
            var key = keys.Mix(keys.Mix(frame.PointKey, QuantileSalt), BitConverter.DoubleToUInt64Bits(lists.Bounds[i]));
            One(frame, key, "", SampleKind.Gauge, at, lists.Values[i], ref sink, "quantile", quantile);
        }

        One(frame, keys.Mix(frame.PointKey, CountSalt), "_count", SampleKind.Counter, at, point.Count, ref sink);
        One(frame, keys.Mix(frame.PointKey, SumSalt), "_sum", SampleKind.Counter, at, point.Sum, ref sink);
    }

    private void Totals<TSink>(in OtlpFrame frame, in OtlpPoint point, SampleKind kind, Moment at, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        Bucket(frame, double.PositiveInfinity, kind, at, point.Count, ref sink);
        One(frame, keys.Mix(frame.PointKey, CountSalt), "_count", kind, at, point.Count, ref sink);
        if (point.HasSum) One(frame, keys.Mix(frame.PointKey, SumSalt), "_sum", kind, at, point.Sum, ref sink);
    }

    private void Bucket<TSink>(in OtlpFrame frame, double bound, SampleKind kind, Moment at, double events, ref TSink sink)
        where TSink : IOtlpSink, allows ref struct
    {
        var key = keys.Mix(keys.Mix(frame.PointKey, BucketSalt), BitConverter.DoubleToUInt64Bits(bound));
        if (sink.TryFind(key, out var known)) sink.Write(known, at.UnixMs, at.Stale ? StaleMarker.Value : events, at.StartMs);
        else One(frame, key, "_bucket", kind, at, events, ref sink, "le", ExponentialLadder.Text(bound));
    }

    private void One<TSink>(
        in OtlpFrame frame, SeriesKey key, string suffix, SampleKind kind, Moment at, double value, ref TSink sink, string? extraName = null, string extraValue = "")
        where TSink : IOtlpSink, allows ref struct
    {
        if (_wrong is not null) return;
        if (!sink.TryFind(key, out var series))
        {
            if (!_gathered) _wrong = labels.Gather(frame.Resource, frame.Scope, frame.Point, frame.Kind);
            _gathered = true;
            var name = "";
            if (_wrong is null && !TryName(frame, out name)) _wrong = OtlpRefusal.NoName;
            if (_wrong is not null) return;
            if (!sink.TryAdd(key, labels.With(name + suffix, extraName, extraValue), kind, out series)) series = SignalHub.Refused;
        }

        if (series == SignalHub.Refused) _wrong = OtlpRefusal.Series;
        sink.Write(series, at.UnixMs, at.Stale ? StaleMarker.Value : value, at.StartMs);
    }

    private static bool TryName(in OtlpFrame frame, out string name)
    {
        name = "";
        if (!OtlpAttributes.TryText(frame.Name, out var own) || !OtlpAttributes.TryText(frame.Unit, out var unit)) return false;
        name = OtlpNames.Metric(own, unit, frame.Kind == OtlpKind.Sum && frame.Monotonic, frame.Kind == OtlpKind.Gauge);
        return Words(own) && name.Length > 0;
    }

    private static bool Words(string name)
    {
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c)) return true;
        return false;
    }

    private static bool Ascending(List<double> bounds)
    {
        for (var i = 0; i < bounds.Count; i++)
            if (double.IsNaN(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) return false;
        return true;
    }

    private readonly record struct Moment(long UnixMs, long StartMs, bool Stale);
}
