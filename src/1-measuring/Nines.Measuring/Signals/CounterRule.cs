namespace Nines.Measuring.Signals;

/// <summary>How an increase is booked: at its reading, evenly over the minutes of a long but regular interval, or as a hole.</summary>
internal enum IncreaseShape : byte
{
    AtReading,
    OverInterval,
    OverHole,
}

/// <summary>What one sample of a counter adds (semantics.md 2).</summary>
/// <param name="Amount">Events, never negative.</param>
/// <param name="FromMs">Where the time it covers begins.</param>
/// <param name="Covers">False where the counter began again at an unknown time in a hole: what it had counted before is lost.</param>
internal readonly record struct Increase(double Amount, long FromMs, IncreaseShape Shape, bool IsReset, bool Covers);

/// <summary>Counter arithmetic of semantics.md 2, without state.</summary>
internal static class CounterRule
{
    /// <summary>Up to here an increase belongs to the minute of its reading: a usual scrape interval (15 s to 60 s) with some delay.</summary>
    private const long AtReadingMs = 90_000;

    /// <summary>Where a series has shown no interval yet: Prometheus' default of a minute.</summary>
    private const long AssumedIntervalMs = 60_000;

    /// <summary>The step from the last value to the next of the same series; <paramref name="startMs"/> 0 means unknown.</summary>
    /// <remarks>A value below the last is a reset and counts whole; so is one whose counter started after the last reading.</remarks>
    public static Increase Step(double last, long lastMs, double value, long unixMs, long startMs, uint intervalMs)
    {
        var restarted = startMs > lastMs && startMs <= unixMs;
        var reset = restarted || value < last;
        var from = restarted ? startMs : lastMs;
        return new Increase(reset ? value : value - last, from, ShapeOf(unixMs - from, intervalMs), reset, restarted || !reset);
    }

    /// <summary>A gap of more than two and a half usual intervals is a hole: at least one reading is missing even if the next was late.</summary>
    public static IncreaseShape ShapeOf(long gapMs, uint intervalMs)
    {
        if (gapMs <= AtReadingMs) return IncreaseShape.AtReading;
        var usual = intervalMs == 0 ? AssumedIntervalMs : intervalMs;
        return gapMs * 2 > usual * 5 ? IncreaseShape.OverHole : IncreaseShape.OverInterval;
    }

    /// <summary>The usual interval after one more gap: shortens at once, lengthens slowly, so that a hole is not taken for a habit but a new scrape interval is learnt.</summary>
    public static uint NextInterval(uint intervalMs, long gapMs)
    {
        var gap = (uint)Math.Min(gapMs, uint.MaxValue / 8);
        if (intervalMs == 0 || gap < intervalMs) return gap;
        return gap * 2 > intervalMs * 5 ? Math.Min(gap, intervalMs + intervalMs / 4) : intervalMs + (gap - intervalMs) / 8;
    }
}
