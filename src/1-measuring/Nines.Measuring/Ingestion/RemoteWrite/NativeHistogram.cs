using System.Runtime.InteropServices;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>
/// One native histogram of a write request (prometheus/prompb/types.proto, message Histogram): counts of integers as differences, or of
/// floats as they are; buckets as spans over indexes. Reused from one to the next; never throws on bytes.
/// </summary>
internal sealed class NativeHistogram
{
    /// <summary>Schema of buckets whose bounds the sender writes itself.</summary>
    public const int CustomBounds = -53;

    private const int SmallestSchema = -4, LargestSchema = 8, GaugeHint = 3, ResetHint = 1;

    // Each bound is a series: one histogram must not bring thousands.
    private const int MostBounds = 1_000;

    private readonly List<(int Offset, uint Length)> _spans = [], _negativeSpans = [];
    private readonly List<double> _deltas = [], _counts = [], _negativeDeltas = [], _negativeCounts = [];

    /// <summary>Observations in all.</summary>
    public double Count { get; private set; }

    /// <summary>Their sum; a stale marker where the series has ended.</summary>
    public double Sum { get; private set; }

    /// <summary>Base of the bounds is 2 to the power of 2 to the power of minus this.</summary>
    public int Schema { get; private set; }

    /// <summary>Observations up to this distance from zero are in the zero bucket.</summary>
    public double ZeroThreshold { get; private set; }

    /// <summary>Observations in the zero bucket.</summary>
    public double ZeroCount { get; private set; }

    /// <summary>Milliseconds of the epoch.</summary>
    public long UnixMs { get; private set; }

    /// <summary>True where the sender says that the counting began anew.</summary>
    public bool IsReset { get; private set; }

    /// <summary>True for a histogram that also falls: nothing can be counted from it.</summary>
    public bool IsGauge { get; private set; }

    /// <summary>Upper bounds of <see cref="CustomBounds"/>.</summary>
    public List<double> Bounds { get; } = [];

    /// <summary>Index and count of each bucket above zero, ascending.</summary>
    public List<(int Index, double Count)> Buckets { get; } = [];

    /// <summary>Observations below the zero bucket.</summary>
    public double Negative { get; private set; }

    /// <summary>Reads the bytes; false where they are no such message.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes)
    {
        Clear();
        for (var at = 0; at < bytes.Length;)
        {
            var start = at;
            if (!Wire.TryVarint(bytes, ref at, out var tag)) return false;
            var known = (tag >> 3, tag & 7) switch
            {
                (1 or 4 or 6 or 14 or 15, 0) => Varint(tag >> 3, bytes, ref at),
                (2 or 3 or 5 or 7, 1) => Double(tag >> 3, bytes, ref at),
                ( >= 8 and <= 13 or 16, _) => Repeated(tag, bytes, ref at),
                _ => Skipped(bytes, start, ref at),
            };
            if (!known) return false;
        }

        return true;
    }

    /// <summary>Puts the buckets together; false where spans and counts contradict each other, or the schema is not known.</summary>
    public bool TryUnfold()
    {
        if (Schema is not CustomBounds and (< SmallestSchema or > LargestSchema)) return false;
        if (!Unfold(_negativeSpans, _negativeDeltas, _negativeCounts, (_, count) => Negative += count)) return false;
        if (!Unfold(_spans, _deltas, _counts, (index, count) => Buckets.Add((index, count)))) return false;
        if (Bounds.Count > MostBounds) return false;
        for (var i = 0; i < Bounds.Count; i++)
            if (double.IsNaN(Bounds[i]) || (i > 0 && Bounds[i] <= Bounds[i - 1])) return false;
        return double.IsFinite(Count) && Count >= 0 && ZeroCount >= 0 && Buckets.TrueForAll(bucket => bucket.Count >= 0)
            && (Schema != CustomBounds || (Negative == 0 && Buckets.TrueForAll(bucket => bucket.Index >= 0 && bucket.Index <= Bounds.Count)));
    }

    // As many buckets as there are counts: a span's own length is only a promise.
    private static bool Unfold(List<(int Offset, uint Length)> spans, List<double> deltas, List<double> counts, Action<int, double> add)
    {
        if (deltas.Count > 0 && counts.Count > 0) return false;
        var values = deltas.Count > 0 ? deltas : counts;
        var (next, taken, last) = (0L, 0, 0.0);
        foreach (var (offset, length) in spans)
        {
            next += offset;
            for (uint i = 0; i < length; i++, next++)
            {
                if (taken == values.Count || next is < int.MinValue or > int.MaxValue) return false;
                last = deltas.Count > 0 ? last + values[taken] : values[taken];
                taken++;
                add((int)next, last);
            }
        }

        return taken == values.Count;
    }

    private bool Varint(ulong field, ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!Wire.TryVarint(bytes, ref at, out var value)) return false;
        switch (field)
        {
            case 1: Count = value; break;
            case 4: Schema = (int)ZigZag(value); break;
            case 6: ZeroCount = value; break;
            case 14: (IsReset, IsGauge) = (value == ResetHint, value == GaugeHint); break;
            default: UnixMs = (long)value; break;
        }

        return true;
    }

    private bool Double(ulong field, ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!TryDouble(bytes, ref at, out var value)) return false;
        switch (field)
        {
            case 2: Count = value; break;
            case 3: Sum = value; break;
            case 5: ZeroThreshold = value; break;
            default: ZeroCount = value; break;
        }

        return true;
    }

    private bool Repeated(ulong tag, ReadOnlySpan<byte> bytes, ref int at)
    {
        var field = tag >> 3;
        if ((tag & 7) != 2) return One(field, tag & 7, bytes, ref at);
        if (!Wire.TryLength(bytes, ref at, out var length)) return false;
        var piece = bytes.Slice(at, length);
        at += length;
        if (field is 8 or 11) return Span(piece, field == 8 ? _negativeSpans : _spans);
        var wire = field is 9 or 12 ? 0UL : 1UL;
        for (var i = 0; i < piece.Length;)
            if (!One(field, wire, piece, ref i)) return false;
        return true;
    }

    private bool One(ulong field, ulong wire, ReadOnlySpan<byte> bytes, ref int at)
    {
        double value;
        if (field is 9 or 12)
        {
            if (wire != 0 || !Wire.TryVarint(bytes, ref at, out var packed)) return false;
            value = ZigZag(packed);
        }
        else if (wire != 1 || !TryDouble(bytes, ref at, out value))
        {
            return false;
        }

        (field switch { 9 => _negativeDeltas, 10 => _negativeCounts, 12 => _deltas, 13 => _counts, _ => Bounds }).Add(value);
        return true;
    }

    private static bool Span(ReadOnlySpan<byte> bytes, List<(int, uint)> into)
    {
        var (offset, length) = (0, 0u);
        for (var at = 0; at < bytes.Length;)
        {
            var start = at;
            if (!Wire.TryVarint(bytes, ref at, out var tag)) return false;
            ulong value = 0;
            if (tag is 0x08 or 0x10 ? !Wire.TryVarint(bytes, ref at, out value) : !Skipped(bytes, start, ref at)) return false;
            if (tag == 0x08) offset = (int)ZigZag(value);
            if (tag == 0x10) length = (uint)value;
        }

        into.Add((offset, length));
        return true;
    }

    private static bool Skipped(ReadOnlySpan<byte> bytes, int start, ref int at)
    {
        at = start;
        return Wire.TrySkipField(bytes, ref at);
    }

    private static bool TryDouble(ReadOnlySpan<byte> bytes, ref int at, out double value)
    {
        value = 0;
        if (bytes.Length - at < 8) return false;
        value = MemoryMarshal.Read<double>(bytes[at..]);
        at += 8;
        return true;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private void Clear()
    {
        (Count, Sum, Schema, ZeroThreshold, ZeroCount, UnixMs, IsReset, IsGauge, Negative) = (0, 0, 0, 0, 0, 0, false, false, 0);
        _spans.Clear();
        _negativeSpans.Clear();
        foreach (var list in new[] { _deltas, _counts, _negativeDeltas, _negativeCounts, Bounds }) list.Clear();
        Buckets.Clear();
    }
}
