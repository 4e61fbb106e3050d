using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>
/// Reads a remote-write 1.0 request (prompb.WriteRequest, public field numbers) straight from bytes into a batch. A series is known by
/// the hash of its label bytes as they stand on the wire, so a known series costs a walk over lengths, one hash and one look-up.
/// Allocates nothing for known series and never throws on bytes.
/// </summary>
internal ref struct WriteRequestReader
{
    private const byte SeriesTag = 0x0A;
    private const byte LabelTag = 0x0A;
    private const byte SampleTag = 0x12;
    private const byte HistogramTag = 0x22;
    private const byte ValueTag = 0x09;
    private const byte TimeTag = 0x10;

    private readonly SignalHub _hub;
    private readonly SampleBatch _batch;
    private readonly SeriesHasher _hasher;
    private readonly int _labelLimit;
    private readonly int _seriesLimit;
    private readonly TextCache _texts;
    private readonly NativeSeries _natives;
    private SeriesIndex.View _index;

    public WriteRequestReader(SignalHub hub, SeriesIndex index, SampleBatch batch, int labelLimit, int seriesLimit, TextCache texts, NativeSeries natives)
    {
        _hub = hub;
        _batch = batch;
        _labelLimit = labelLimit;
        _seriesLimit = seriesLimit;
        _texts = texts;
        _natives = natives;
        _hasher = index.Hasher;
        _index = index.Begin(hub.Generation, batch.NowUnixMs);
        batch.Generation = _index.Generation;
    }

    public int SeriesCount { get; private set; }

    /// <summary>Native histograms that were taken.</summary>
    public int HistogramCount { get; private set; }

    /// <summary>Native histograms that were left out.</summary>
    public int SkippedHistogramCount { get; private set; }

    /// <summary>Reads it all; -1 when whole, else the offset where it stops being a write request.</summary>
    public int Read(ReadOnlySpan<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var start = at;
            if (message[at] == SeriesTag)
            {
                at++;
                if (!Wire.TryLength(message, ref at, out var length)) return start;
                if (!Series(message.Slice(at, length))) return start;
                at += length;
            }
            else if (!Wire.TrySkipField(message, ref at)) return start;
        }
        return -1;
    }

    private bool Series(ReadOnlySpan<byte> series)
    {
        SeriesCount++;
        var at = 0;
        while (at < series.Length && series[at] == LabelTag)
        {
            at++;
            if (!Wire.TryLength(series, ref at, out var length)) return false;
            at += length;
        }
        var labels = series[..at];
        if (HasLabelsAfter(series, at, out var wellFormed)) return ScatteredSeries(series);
        if (!wellFormed) return false;
        var key = _hasher.Hash(labels);
        // A sender's series holds samples or histograms, never both.
        if (at < series.Length && series[at] == HistogramTag) return Histograms(labels, key, series, at);
        if (!_index.TryGet(key, out var id))
        {
            if (!TryResolve(labels, out id)) return false;
            if (_index.Count < _seriesLimit) _index.Add(key, id);
            else if (id < 0) id = Beyond();
        }
        return Samples(series, at, id);
    }

    /// <summary>The usual message has only samples behind its labels; anything else is looked at closely.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLabelsAfter(ReadOnlySpan<byte> series, int at, out bool wellFormed)
    {
        wellFormed = true;
        while (at < series.Length)
        {
            if (series[at] == LabelTag) return true;
            if (series[at] == SampleTag && at + 1 < series.Length && series[at + 1] < 0x80)
            {
                at += 2 + series[at + 1];
                if (at <= series.Length) continue;
                wellFormed = false;
                return false;
            }
            if (Wire.TrySkipField(series, ref at)) continue;
            wellFormed = false;
            return false;
        }
        return false;
    }

    /// <summary>Legal but never seen from a real sender: labels between the samples. They are gathered first.</summary>
    private bool ScatteredSeries(ReadOnlySpan<byte> series)
    {
        var gathered = new byte[series.Length];
        var (at, count) = (0, 0);
        while (at < series.Length)
        {
            var start = at;
            if (!Wire.TrySkipField(series, ref at)) return false;
            if (series[start] != LabelTag) continue;
            series[start..at].CopyTo(gathered.AsSpan(count));
            count += at - start;
        }
        return TryResolve(gathered.AsSpan(0, count), out var id) && Samples(series, 0, id);
    }

    private bool Samples(ReadOnlySpan<byte> series, int at, int id)
    {
        while (at < series.Length)
        {
            var tag = series[at];
            if (tag == SampleTag)
            {
                at++;
                if (!Wire.TryLength(series, ref at, out var length)) return false;
                if (!Sample(series.Slice(at, length), out var value, out var unixMs)) return false;
                at += length;
                _batch.Add(id, unixMs, value);
                continue;
            }
            if (tag == HistogramTag) SkippedHistogramCount++;
            if (!Wire.TrySkipField(series, ref at)) return false;
        }
        return true;
    }

    private bool Histograms(ReadOnlySpan<byte> labels, SeriesKey key, ReadOnlySpan<byte> series, int at)
    {
        while (at < series.Length)
        {
            if (series[at] != HistogramTag)
            {
                if (!Wire.TrySkipField(series, ref at)) return false;
                continue;
            }

            at++;
            if (!Wire.TryLength(series, ref at, out var length)) return false;
            if (!_natives.TryBook(key, labels, series.Slice(at, length), _labelLimit, _texts, ref _index, _hub, _batch, out var taken)) return false;
            at += length;
            if (taken) HistogramCount++;
            else SkippedHistogramCount++;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Sample(ReadOnlySpan<byte> sample, out double value, out long unixMs)
    {
        if (sample.Length > 10 && sample[0] == ValueTag && sample[9] == TimeTag)
        {
            value = Unsafe.ReadUnaligned<double>(ref Unsafe.Add(ref MemoryMarshal.GetReference(sample), 1));
            var at = 10;
            if (Wire.TryVarint(sample, ref at, out var time) && at == sample.Length)
            {
                unixMs = (long)time;
                return true;
            }
        }
        return AnySample(sample, out value, out unixMs);
    }

    /// <summary>Fields in another order, left out because they are zero, or unknown.</summary>
    private static bool AnySample(ReadOnlySpan<byte> sample, out double value, out long unixMs)
    {
        (value, unixMs) = (0, 0);
        for (var at = 0; at < sample.Length;)
        {
            if (sample[at] == ValueTag)
            {
                if (sample.Length - at < 9) return false;
                value = MemoryMarshal.Read<double>(sample[(at + 1)..]);
                at += 9;
            }
            else if (sample[at] == TimeTag)
            {
                at++;
                if (!Wire.TryVarint(sample, ref at, out var time)) return false;
                unixMs = (long)time;
            }
            else if (!Wire.TrySkipField(sample, ref at)) return false;
        }
        return true;
    }

    /// <summary>The door remembers no more series: those that nothing asks for are refused, those that count are resolved each time.</summary>
    private readonly int Beyond()
    {
        _hub.CountRefused(_batch.Source, RefusalReason.TooManySeries);
        return SignalHub.Refused;
    }

    /// <summary>First sight: reads the labels. False only where the bytes are no labels at all.</summary>
    private readonly bool TryResolve(ReadOnlySpan<byte> bytes, out int id)
    {
        id = SignalHub.Refused;
        var outcome = LabelReader.TryRead(bytes, _labelLimit, _texts, out var labels);
        if (outcome == LabelOutcome.Malformed) return false;
        if (labels is not null)
        {
            id = _hub.Resolve(labels, PrometheusNames.KindOf(labels.Name), _batch.Source);
            _natives.NoteClassic(labels);
            return true;
        }

        _hub.CountRefused(_batch.Source, outcome switch
        {
            LabelOutcome.TooMany => RefusalReason.TooManyLabels,
            LabelOutcome.InvalidUtf8 => RefusalReason.InvalidUtf8,
            _ => RefusalReason.InvalidLabels,
        });
        return true;
    }
}
