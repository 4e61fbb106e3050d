using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Where decoded samples go. Keys stand for wire bytes: a series seen before costs one look-up and no text.</summary>
internal interface IOtlpSink
{
    /// <summary>The series of a key, where it was seen before.</summary>
    bool TryFind(SeriesKey key, out int series);

    /// <summary>Names the series of a key; false where it is not taken.</summary>
    bool TryAdd(SeriesKey key, List<Label> labels, SampleKind kind, out int series);

    /// <summary>One sample. A start of 0 means that it is not known.</summary>
    void Write(int series, long unixMs, double value, long startMs);
}

/// <summary>
/// Decodes ExportMetricsServiceRequest into Prometheus-shaped samples in one walk over its bytes. Never throws on bytes.
/// Not safe for two threads at once: it remembers exponential histograms and reuses its lists.
/// </summary>
internal sealed class OtlpDecoder
{
    private readonly OtlpLists _lists = new();
    private readonly OtlpLabels _labels = new();
    private readonly ExponentialStreams _streams = new();
    private readonly OtlpSeriesWriter _writer;

    private readonly WireKeys _keys;

    /// <summary>A decoder with nothing remembered.</summary>
    /// <param name="hasher">The hash of the door's index of series.</param>
    public OtlpDecoder(SeriesHasher hasher)
    {
        _keys = new WireKeys(hasher);
        _writer = new OtlpSeriesWriter(_labels, _lists, _streams, _keys);
    }

    /// <summary>Decodes one request. False: the bytes are no such message, and nothing of what reached the sink may be used.</summary>
    /// <param name="body">The protobuf message.</param>
    /// <param name="receivedMs">Stands in for a missing time.</param>
    /// <param name="sink">Takes the samples.</param>
    /// <param name="refusals">Counts the points that could not be taken.</param>
    public bool TryDecode<TSink>(ReadOnlySpan<byte> body, long receivedMs, ref TSink sink, OtlpRefusals refusals)
        where TSink : IOtlpSink, allows ref struct
    {
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader is not { Field: 1, Wire: 2 }) reader.Skip();
            else if (!Resource(reader.Bytes(), receivedMs, ref sink, refusals)) return false;
        }

        return !reader.Malformed;
    }

    private bool Resource<TSink>(ReadOnlySpan<byte> message, long receivedMs, ref TSink sink, OtlpRefusals refusals)
        where TSink : IOtlpSink, allows ref struct
    {
        if (!TryFind(message, 1, out var resource)) return false;
        var frame = new OtlpFrame { Resource = resource, ResourceKey = _keys.Of(resource, default), ReceivedMs = receivedMs };
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is not { Field: 2, Wire: 2 })
            {
                reader.Skip();
                continue;
            }

            var scopeMetrics = reader.Bytes();
            if (!TryFind(scopeMetrics, 1, out frame.Scope)) return false;
            frame.ScopeKey = _keys.Of(frame.Scope, frame.ResourceKey);
            if (!Scope(scopeMetrics, ref frame, ref sink, refusals)) return false;
        }

        return !reader.Malformed;
    }

    private bool Scope<TSink>(ReadOnlySpan<byte> message, ref OtlpFrame frame, ref TSink sink, OtlpRefusals refusals)
        where TSink : IOtlpSink, allows ref struct
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is not { Field: 2, Wire: 2 }) reader.Skip();
            else if (!Metric(reader.Bytes(), ref frame, ref sink, refusals)) return false;
        }

        return !reader.Malformed;
    }

    private bool Metric<TSink>(ReadOnlySpan<byte> message, ref OtlpFrame frame, ref TSink sink, OtlpRefusals refusals)
        where TSink : IOtlpSink, allows ref struct
    {
        ReadOnlySpan<byte> data = default;
        frame.Name = frame.Unit = default;
        var kind = OtlpKind.Gauge;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Wire != 2)
            {
                reader.Skip();
                continue;
            }

            var field = reader.Field;
            var bytes = reader.Bytes();
            if (field == 1) frame.Name = bytes;
            else if (field == 3) frame.Unit = bytes;
            else if (field is 5 or 7 or 9 or 10 or 11)
            {
                data = bytes;
                kind = field switch { 5 => OtlpKind.Gauge, 7 => OtlpKind.Sum, 9 => OtlpKind.Histogram, 10 => OtlpKind.ExponentialHistogram, _ => OtlpKind.Summary };
            }
        }

        return !reader.Malformed && Data(data, kind, ref frame, ref sink, refusals);
    }

    private bool Data<TSink>(ReadOnlySpan<byte> data, OtlpKind kind, ref OtlpFrame frame, ref TSink sink, OtlpRefusals refusals)
        where TSink : IOtlpSink, allows ref struct
    {
        frame.Kind = kind;
        frame.Temporality = OtlpTemporality.Unspecified;
        frame.Monotonic = false;
        var head = new ProtoReader(data);
        while (head.Next())
        {
            if (head is { Field: 2, Wire: 0 }) frame.Temporality = (OtlpTemporality)head.Varint();
            else if (head is { Field: 3, Wire: 0 }) frame.Monotonic = head.Varint() != 0;
            else head.Skip();
        }

        if (head.Malformed) return false;
        var sort = ((ulong)kind << 8) | ((ulong)frame.Temporality << 4) | (frame.Monotonic ? 1u : 0u);
        frame.MetricKey = _keys.Of(frame.Unit, _keys.Of(frame.Name, _keys.Mix(frame.ScopeKey, sort)));
        var points = new ProtoReader(data);
        while (points.Next())
        {
            if (points is not { Field: 1, Wire: 2 })
            {
                points.Skip();
                continue;
            }

            var message = points.Bytes();
            var point = OtlpPoint.Read(message, kind, _lists, out var whole);
            if (!whole || !TryPointKey(message, frame, out frame.PointKey)) return false;
            frame.Point = message;
            if (_writer.Write(frame, point, ref sink) is { } refusal) refusals.Add(refusal, Readable(frame.Name));
        }

        return !points.Malformed;
    }

    private bool TryPointKey(ReadOnlySpan<byte> message, in OtlpFrame frame, out SeriesKey key)
    {
        key = frame.MetricKey;
        var field = OtlpPoint.AttributesField(frame.Kind);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && reader.Wire == 2) key = _keys.Of(reader.Bytes(), key);
            else reader.Skip();
        }

        return !reader.Malformed;
    }

    // The last one wins, as in any protobuf reader for a field that is not repeated.
    private static bool TryFind(ReadOnlySpan<byte> message, int field, out ReadOnlySpan<byte> found)
    {
        found = default;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && reader.Wire == 2) found = reader.Bytes();
            else reader.Skip();
        }

        return !reader.Malformed;
    }

    private static string Readable(ReadOnlySpan<byte> name) =>
        OtlpAttributes.TryText(name, out var text) ? text.Length > 100 ? text[..100] : text : "a name that is not UTF-8";
}
