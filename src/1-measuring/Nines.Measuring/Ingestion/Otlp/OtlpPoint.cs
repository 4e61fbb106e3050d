namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>What kind of metric a data point belongs to.</summary>
internal enum OtlpKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A sum: cumulative or delta, monotonic or not.</summary>
    Sum,

    /// <summary>Counts by explicit bounds.</summary>
    Histogram,

    /// <summary>Counts by bounds that grow by a constant factor.</summary>
    ExponentialHistogram,

    /// <summary>Quantiles that the sender computed.</summary>
    Summary,
}

/// <summary>How a metric's points follow one another.</summary>
internal enum OtlpTemporality
{
    /// <summary>Not said; only gauges and summaries may leave it out.</summary>
    Unspecified = 0,

    /// <summary>Each point holds the events since the one before.</summary>
    Delta = 1,

    /// <summary>Each point holds the events since the start time.</summary>
    Cumulative = 2,
}

/// <summary>One data point of any kind, its lists kept as wire bytes until they are needed.</summary>
internal ref struct OtlpPoint
{
    /// <summary>Start of the counting; 0 where the sender does not say.</summary>
    public ulong StartNano;

    /// <summary>When the value held; 0 where the sender does not say.</summary>
    public ulong TimeNano;

    /// <summary>Value of a gauge or sum.</summary>
    public double Value;

    /// <summary>Events of a histogram or summary.</summary>
    public ulong Count;

    /// <summary>Sum of a histogram's or summary's events.</summary>
    public double Sum;

    /// <summary>False where a histogram leaves its sum out.</summary>
    public bool HasSum;

    /// <summary>Bit 0: no value was recorded; the series is stale from here on.</summary>
    public ulong Flags;

    /// <summary>An exponential histogram's scale: its base is 2^(2^-scale).</summary>
    public int Scale;

    /// <summary>Events at zero of an exponential histogram.</summary>
    public ulong ZeroCount;

    /// <summary>Events whose absolute value is at most this count as zero.</summary>
    public double ZeroThreshold;

    /// <summary>The Buckets message of positive events.</summary>
    public ReadOnlySpan<byte> Positive;

    /// <summary>The Buckets message of negative events.</summary>
    public ReadOnlySpan<byte> Negative;

    /// <summary>True from bit 0 of the flags.</summary>
    public readonly bool NoRecordedValue => (Flags & 1) != 0;

    /// <summary>The field that holds attributes, which differs by kind.</summary>
    public static int AttributesField(OtlpKind kind) => kind switch
    {
        OtlpKind.Histogram => 9,
        OtlpKind.ExponentialHistogram => 1,
        _ => 7,
    };

    /// <summary>Reads the plain fields; lists of a histogram go to <paramref name="lists"/>.</summary>
    /// <param name="message">The data point.</param>
    /// <param name="kind">Kind of its metric.</param>
    /// <param name="lists">Emptied and filled.</param>
    /// <param name="whole">False where the message is broken.</param>
    public static OtlpPoint Read(ReadOnlySpan<byte> message, OtlpKind kind, OtlpLists lists, out bool whole)
    {
        OtlpPoint point = default;
        lists.Clear();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 2, Wire: 1 }) point.StartNano = reader.Fixed64();
            else if (reader is { Field: 3, Wire: 1 }) point.TimeNano = reader.Fixed64();
            else if (!(kind switch
            {
                OtlpKind.Histogram => Histogram(ref reader, lists, ref point),
                OtlpKind.ExponentialHistogram => Exponential(ref reader, ref point),
                OtlpKind.Summary => Summary(ref reader, lists, ref point),
                _ => Number(ref reader, ref point),
            })) reader.Skip();
        }

        whole = !reader.Malformed;
        return point;
    }

    private static bool Number(ref ProtoReader reader, ref OtlpPoint point)
    {
        switch (reader.Field, reader.Wire)
        {
            case (4, 1): point.Value = reader.Double(); return true;
            case (6, 1): point.Value = (long)reader.Fixed64(); return true;
            case (8, 0): point.Flags = reader.Varint(); return true;
            default: return false;
        }
    }

    private static bool Histogram(ref ProtoReader reader, OtlpLists lists, ref OtlpPoint point)
    {
        switch (reader.Field, reader.Wire)
        {
            case (4, 1): point.Count = reader.Fixed64(); return true;
            case (5, 1): point.Sum = reader.Double(); point.HasSum = true; return true;
            case (6, 1): lists.Counts.Add(reader.Fixed64()); return true;
            case (6, 2): Packed(ref reader, lists.Counts); return true;
            case (7, 1): lists.Bounds.Add(reader.Double()); return true;
            case (7, 2): Packed(ref reader, lists.Bounds); return true;
            case (10, 0): point.Flags = reader.Varint(); return true;
            default: return false;
        }
    }

    private static bool Exponential(ref ProtoReader reader, ref OtlpPoint point)
    {
        switch (reader.Field, reader.Wire)
        {
            case (4, 1): point.Count = reader.Fixed64(); return true;
            case (5, 1): point.Sum = reader.Double(); point.HasSum = true; return true;
            case (6, 0): point.Scale = (int)reader.ZigZag(); return true;
            case (7, 1): point.ZeroCount = reader.Fixed64(); return true;
            case (8, 2): point.Positive = reader.Bytes(); return true;
            case (9, 2): point.Negative = reader.Bytes(); return true;
            case (10, 0): point.Flags = reader.Varint(); return true;
            case (14, 1): point.ZeroThreshold = reader.Double(); return true;
            default: return false;
        }
    }

    private static bool Summary(ref ProtoReader reader, OtlpLists lists, ref OtlpPoint point)
    {
        switch (reader.Field, reader.Wire)
        {
            case (4, 1): point.Count = reader.Fixed64(); return true;
            case (5, 1): point.Sum = reader.Double(); point.HasSum = true; return true;
            case (6, 2): Quantile(ref reader, lists); return true;
            case (8, 0): point.Flags = reader.Varint(); return true;
            default: return false;
        }
    }

    private static void Quantile(ref ProtoReader reader, OtlpLists lists)
    {
        double quantile = 0, value = 0;
        var inner = new ProtoReader(reader.Bytes());
        while (inner.Next())
        {
            if (inner is { Field: 1, Wire: 1 }) quantile = inner.Double();
            else if (inner is { Field: 2, Wire: 1 }) value = inner.Double();
            else inner.Skip();
        }

        if (inner.Malformed) reader.Break();
        lists.Bounds.Add(quantile);
        lists.Values.Add(value);
    }

    private static void Packed(ref ProtoReader reader, List<ulong> into)
    {
        var packed = new ProtoReader(reader.Bytes());
        while (!packed.AtEnd && !packed.Malformed) into.Add(packed.Fixed64());
        if (packed.Malformed) reader.Break();
    }

    private static void Packed(ref ProtoReader reader, List<double> into)
    {
        var packed = new ProtoReader(reader.Bytes());
        while (!packed.AtEnd && !packed.Malformed) into.Add(packed.Double());
        if (packed.Malformed) reader.Break();
    }
}

/// <summary>Lists of one histogram or summary point, reused from point to point.</summary>
internal sealed class OtlpLists
{
    /// <summary>Events per bucket, not cumulative.</summary>
    public List<ulong> Counts { get; } = [];

    /// <summary>Upper bounds of buckets; quantiles of a summary.</summary>
    public List<double> Bounds { get; } = [];

    /// <summary>Values at a summary's quantiles.</summary>
    public List<double> Values { get; } = [];

    /// <summary>Empties all three.</summary>
    public void Clear()
    {
        Counts.Clear();
        Bounds.Clear();
        Values.Clear();
    }
}
