namespace Nines.Measuring.Sources;

/// <summary>What to read next of a query: samples after <paramref name="FromMs"/> up to <paramref name="ToMs"/>.</summary>
/// <param name="FromMs">Read up to here already; itself not wanted again.</param>
/// <param name="ToMs">The one evaluation time of the cycle, a full minute.</param>
/// <param name="History">True for a piece of history: one value a minute instead of raw samples.</param>
public readonly record struct ReadPiece(long FromMs, long ToMs, bool History);

/// <summary>Decides which piece of time is read next. Pure: a mark says how far it has come, so it is resumed where it stopped.</summary>
public static class ReadPlan
{
    /// <summary>The grain: one value a minute is what the engine keeps.</summary>
    public const long MinuteMs = 60_000;

    /// <summary>A full minute is read this much later, so that its last samples have come.</summary>
    public const long DelayMs = 5_000;

    /// <summary>Gaps up to here are read as raw samples, as a reader that never paused would have.</summary>
    public const long RawMs = 10 * MinuteMs;

    /// <summary>First piece of history: 120 values a series keep the answer small; what little comes makes the next one longer.</summary>
    public const long PieceMs = 120 * MinuteMs;

    /// <summary>The next piece; null while nothing is due.</summary>
    /// <param name="mark">Read up to here; null at first contact.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="backfillMs">How far back the first contact reaches.</param>
    /// <param name="pieceMs">Longest piece; smaller where a server refused a large one.</param>
    public static ReadPiece? Next(long? mark, long nowMs, long backfillMs, long pieceMs = PieceMs)
    {
        var newest = (nowMs - DelayMs) / MinuteMs * MinuteMs;
        var from = mark ?? (newest - backfillMs) / MinuteMs * MinuteMs;
        if (newest <= from) return null;
        if (newest - from <= RawMs) return new(from, newest, History: false);
        return new(from, Math.Min(newest, from + pieceMs), History: true);
    }

    /// <summary>When the next minute can be read.</summary>
    public static long NextDueMs(long nowMs) => (((nowMs - DelayMs) / MinuteMs) + 1) * MinuteMs + DelayMs;
}
