using System.Globalization;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>
/// Turns exponential histograms into cumulative counts at lasting bounds, so that <c>le</c> of a selector keeps its meaning
/// when the sender changes its scale.
/// </summary>
/// <remarks>
/// Source: OpenTelemetry metrics data model, "ExponentialHistogram": bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale).
/// The bounds of the sender change with its scale, so they cannot be series. Instead the count is read at a fixed ladder by unit:
/// 1, 1.5, 2, 2.5, 3, 4, 5 and 7.5 in each decade for times, powers of two for anything else. Inside a bucket events are taken as evenly
/// spread over the logarithm, the assumption Prometheus makes for native histograms. At scale 3 a bucket is 9 % wide, so a bound is at
/// most 9 % off; a bound that is also one of the sender's is exact.
/// </remarks>
internal static class ExponentialLadder
{
    private static readonly double[] Steps = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5];
    private static readonly double[] Seconds = Decades(-3, 2);
    private static readonly double[] Milliseconds = Decades(0, 5);
    private static readonly double[] Microseconds = Decades(0, 8);
    private static readonly double[] Nanoseconds = Decades(2, 11);
    private static readonly double[] Powers = [.. Enumerable.Range(0, 41).Select(power => Math.ScaleB(1, power))];

    /// <summary>The bounds for a metric's unit, ascending, without +Inf.</summary>
    public static double[] Bounds(string unit) => unit switch
    {
        "s" => Seconds,
        "ms" => Milliseconds,
        "us" => Microseconds,
        "ns" => Nanoseconds,
        _ => Powers,
    };

    /// <summary>Counts the events at or below each bound (all bounds are above zero). False where a Buckets message is broken.</summary>
    public static bool TryCount(in OtlpPoint point, double[] bounds, Span<double> cumulative)
    {
        if (!TryTotal(point.Negative, out var below)) return false;
        cumulative.Fill(below + point.ZeroCount);
        if (!TryBuckets(point.Positive, out var offset, out var packed)) return false;
        var index = (double)offset;
        var bound = 0;
        Span<double> place = stackalloc double[bounds.Length];
        for (var i = 0; i < bounds.Length; i++) place[i] = Place(bounds[i], point.Scale);
        double events = 0;
        var reader = new ProtoReader(packed);
        while (!reader.AtEnd)
        {
            var count = (double)reader.Varint();
            if (reader.Malformed) return false;
            while (bound < place.Length && place[bound] < index + 1)
            {
                // The bound lies before or inside this bucket.
                cumulative[bound] += events + (count * Math.Clamp(place[bound] - index, 0, 1));
                bound++;
            }

            events += count;
            index++;
        }

        for (; bound < place.Length; bound++) cumulative[bound] += events;
        return true;
    }

    /// <summary>A bound as label text, in Go's 'f' form as Prometheus writes it: <c>0.005</c>, <c>1</c>, <c>2.5</c>, <c>1000000</c>.</summary>
    public static string Text(double bound) => double.IsPositiveInfinity(bound) ? "+Inf"
        : double.IsNegativeInfinity(bound) ? "-Inf"
        : Math.Abs(bound) is 0 or (>= 1e-5 and < 1e15) ? bound.ToString("R", CultureInfo.InvariantCulture)
        : ((decimal)Math.Clamp(bound, -7e28, 7e28)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a bound lies among the bucket indexes; a place within 1e-9 of a bucket's edge is that edge, which rounding missed.</summary>
    public static double Place(double bound, int scale)
    {
        var place = Math.ScaleB(Math.Log2(bound), scale);
        var edge = Math.Round(place);
        return Math.Abs(place - edge) < 1e-9 ? edge : place;
    }

    private static bool TryTotal(ReadOnlySpan<byte> buckets, out double total)
    {
        total = 0;
        if (!TryBuckets(buckets, out _, out var packed)) return false;
        var reader = new ProtoReader(packed);
        while (!reader.AtEnd && !reader.Malformed) total += reader.Varint();
        return !reader.Malformed;
    }

    private static bool TryBuckets(ReadOnlySpan<byte> buckets, out long offset, out ReadOnlySpan<byte> packed)
    {
        offset = 0;
        packed = default;
        List<byte>? gathered = null;
        Span<byte> single = stackalloc byte[10];
        var reader = new ProtoReader(buckets);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 0 })
            {
                offset = reader.ZigZag();
            }
            else if (reader is { Field: 2, Wire: 2 })
            {
                var more = reader.Bytes();
                if (packed.IsEmpty && gathered is null) packed = more;
                else Gather(ref gathered, ref packed, more);
            }
            else if (reader is { Field: 2, Wire: 0 })
            {
                Gather(ref gathered, ref packed, single[..Varint(reader.Varint(), single)]);
            }
            else
            {
                reader.Skip();
            }
        }

        if (gathered is not null) packed = gathered.ToArray();
        return !reader.Malformed;
    }

    private static void Gather(ref List<byte>? gathered, ref ReadOnlySpan<byte> packed, scoped ReadOnlySpan<byte> more)
    {
        gathered ??= [.. packed];
        gathered.AddRange(more);
    }

    private static int Varint(ulong value, Span<byte> into)
    {
        var length = 0;
        while (value >= 0x80)
        {
            into[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        into[length++] = (byte)value;
        return length;
    }

    private static double[] Decades(int from, int to)
    {
        var bounds = new List<double>();
        for (var decade = from; decade < to; decade++)
            foreach (var step in Steps)
                bounds.Add(double.Parse($"{step.ToString(CultureInfo.InvariantCulture)}e{decade}", CultureInfo.InvariantCulture));
        bounds.Add(double.Parse($"1e{to}", CultureInfo.InvariantCulture));
        return [.. bounds];
    }
}
