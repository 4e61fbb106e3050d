using System.Runtime.InteropServices;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Where in a request the decoder stands: the resource, scope, metric and point around the current value, with their wire keys.</summary>
internal ref struct OtlpFrame
{
    /// <summary>The Resource message.</summary>
    public ReadOnlySpan<byte> Resource;

    /// <summary>The InstrumentationScope message.</summary>
    public ReadOnlySpan<byte> Scope;

    /// <summary>The metric's name.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>The metric's unit.</summary>
    public ReadOnlySpan<byte> Unit;

    /// <summary>The data point.</summary>
    public ReadOnlySpan<byte> Point;

    /// <summary>Kind of the metric.</summary>
    public OtlpKind Kind;

    /// <summary>Temporality of the metric.</summary>
    public OtlpTemporality Temporality;

    /// <summary>The sum only grows.</summary>
    public bool Monotonic;

    /// <summary>Key of the resource.</summary>
    public SeriesKey ResourceKey;

    /// <summary>Key of resource and scope.</summary>
    public SeriesKey ScopeKey;

    /// <summary>Key of resource, scope and metric.</summary>
    public SeriesKey MetricKey;

    /// <summary>Key of resource, scope, metric and attributes.</summary>
    public SeriesKey PointKey;

    /// <summary>When the request came, for points without a time.</summary>
    public long ReceivedMs;
}

/// <summary>Keys of wire bytes, chained from the resource down to the attributes of a point.</summary>
internal sealed class WireKeys(SeriesHasher hasher)
{
    /// <summary>Folds bytes into a key.</summary>
    public SeriesKey Of(ReadOnlySpan<byte> bytes, SeriesKey above)
    {
        var own = hasher.Hash(bytes);
        return Fold(above, own.High, own.Low);
    }

    /// <summary>Folds one number into a key.</summary>
    public SeriesKey Mix(SeriesKey above, ulong value) => Fold(above, value, 0);

    private SeriesKey Fold(SeriesKey above, ulong first, ulong second)
    {
        Span<ulong> words = [above.High, above.Low, first, second];
        return hasher.Hash(MemoryMarshal.AsBytes(words));
    }
}
