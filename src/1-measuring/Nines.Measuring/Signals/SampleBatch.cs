using System.Runtime.CompilerServices;

namespace Nines.Measuring.Signals;

/// <summary>
/// Samples on their way into the hub: a pooled structure of arrays. Rent one per request or scrape, add, <see cref="SignalHub.Apply"/>, dispose.
/// Samples of series that nothing matches are only counted, in runs, and keep no value.
/// </summary>
public sealed class SampleBatch : IDisposable
{
    private const int PoolSize = 16;
    private const int LargestKept = 1 << 18;
    private static readonly Lock PoolGate = new();
    private static readonly Stack<SampleBatch> Pool = [];

    private SampleBatch()
    {
    }

    /// <summary>Who sends; refusals are counted there.</summary>
    public SignalSource Source { get; private set; } = SignalSource.Push;

    /// <summary>When the batch arrived; bounds which times are believed. 0 means unknown (a backtest): only 2000 to 2100 is believed.</summary>
    public long NowUnixMs { get; private set; }

    /// <summary>True where the batch holds the whole read of its target, vanished series as stale markers among it; births are then decided at once.</summary>
    public bool IsCompleteRead { get; set; }

    /// <summary>The hub's generation in which the series were resolved; unmatched runs of an older one are dropped.</summary>
    public int Generation { get; set; }

    public int Count { get; private set; }

    /// <summary>Samples that match nothing.</summary>
    public int UnmatchedCount { get; private set; }

    internal int[] Series { get; private set; } = new int[1024];

    internal long[] UnixMs { get; private set; } = new long[1024];

    internal double[] Value { get; private set; } = new double[1024];

    /// <summary>Start times, null while no sample has one; 0 means none.</summary>
    internal long[]? StartMs { get; private set; }

    internal List<UnmatchedRun> Runs { get; } = [];

    public static SampleBatch Rent(SignalSource source, long nowUnixMs)
    {
        SampleBatch? batch;
        lock (PoolGate) Pool.TryPop(out batch);
        batch ??= new SampleBatch();
        batch.Source = source;
        batch.NowUnixMs = nowUnixMs;
        return batch;
    }

    /// <summary>Adds a sample of a series that <see cref="SignalHub.Resolve"/> named; a NaN with the stale marker's bits ends freshness.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int series, long unixMs, double value)
    {
        if (series < 0)
        {
            AddUnmatched(series, unixMs, value);
            return;
        }
        var i = Count;
        if ((uint)i >= (uint)Series.Length) Grow();
        Series[i] = series;
        UnixMs[i] = unixMs;
        Value[i] = value;
        Count = i + 1;
    }

    /// <summary>Adds a sample whose counter began at a known time (<c>_created</c>, OTLP start time); 0 means unknown.</summary>
    public void Add(int series, long unixMs, double value, long startMs)
    {
        var i = Count;
        Add(series, unixMs, value);
        if (startMs != 0 && Count > i) SetStart(i, startMs);
    }

    /// <summary>Gives the sample at <paramref name="index"/> its start time, where the wire names it after the value.</summary>
    public void SetStart(int index, long startMs)
    {
        StartMs ??= new long[Series.Length];
        StartMs[index] = startMs;
    }

    public void Dispose()
    {
        if (StartMs is not null) Array.Clear(StartMs, 0, Math.Min(Count, StartMs.Length));
        Count = 0;
        UnmatchedCount = 0;
        IsCompleteRead = false;
        Generation = 0;
        Runs.Clear();
        if (Series.Length > LargestKept) return;
        lock (PoolGate)
            if (Pool.Count < PoolSize) Pool.Push(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddUnmatched(int series, long unixMs, double value)
    {
        var stale = StaleMarker.Is(value);
        UnmatchedCount++;
        if (Runs.Count > 0)
        {
            ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Runs)[Runs.Count - 1];
            if (last.Series == series && last.UnixMs == unixMs && last.IsStale == stale)
            {
                last.Count++;
                return;
            }
        }
        Runs.Add(new UnmatchedRun { Series = series, UnixMs = unixMs, IsStale = stale, Count = 1 });
    }

    private void Grow()
    {
        var size = Series.Length * 2;
        var (series, times, values) = (Series, UnixMs, Value);
        Array.Resize(ref series, size);
        Array.Resize(ref times, size);
        Array.Resize(ref values, size);
        (Series, UnixMs, Value) = (series, times, values);
        if (StartMs is not { } starts) return;
        Array.Resize(ref starts, size);
        StartMs = starts;
    }
}

/// <summary>Successive samples of one group that match nothing: only their number and time are kept.</summary>
internal struct UnmatchedRun
{
    public int Series;
    public int Count;
    public long UnixMs;
    public bool IsStale;
}

/// <summary>Prometheus' way to say that a series has ended: one certain NaN (model/value in prometheus/prometheus).</summary>
public static class StaleMarker
{
    private const long Bits = 0x7ff0000000000002;

    public static double Value { get; } = BitConverter.Int64BitsToDouble(Bits);

    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;
}
