using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// When a budget is gone if the failures of the last hour, six hours or day go on (semantics.md 7): the real window is
/// rolled forward, what comes is added, what leaves is dropped.
/// </summary>
public static class Projection
{
    /// <summary>The minutes of the three rates: 1 h, 6 h, 24 h.</summary>
    public static IReadOnlyList<int> Rates { get; } = [60, 360, 1440];

    /// <summary>Unix milliseconds at which nothing is left; null for never, which is not within the period. The caller holds the gate.</summary>
    public static long? Exhausts(WatchedObjective watched, Evaluation now, int rateMinutes)
    {
        if (!now.HasData) return null;
        if (now.Remaining <= 0) return now.AtMs;
        ref readonly var recent = ref now.Window(rateMinutes);
        if (watched.AddsMembers) return Straight(now, recent.Burn / watched.PeriodMinutes, watched.PeriodMinutes);
        var part = watched.Parts[0];
        var minutes = Math.Min(rateMinutes, recent.Covered);
        var perMinute = minutes <= 0 ? 0 : recent.Bad / minutes;
        var allowed = watched.Objective.Budget * now.Budget.Expected;
        if (perMinute <= 0 || allowed <= 0) return null;
        return part.Period.IsCalendar
            ? Straight(now, perMinute / allowed, (now.PeriodEndMs - now.AtMs) / (double)Minute.Ms)
            : Roll(part.Reader.Stream, now, perMinute, allowed, watched.PeriodMinutes);
    }

    private static long? Straight(Evaluation now, double spentPerMinute, double restMinutes)
    {
        var minutes = now.Remaining / spentPerMinute;
        return spentPerMinute > 0 && minutes <= restMinutes ? now.AtMs + (long)(minutes * Minute.Ms) : null;
    }

    /// <summary>Walks from block to block of what leaves, then to the minute inside the one in which the budget ends.</summary>
    private static long? Roll(MinuteStream stream, Evaluation now, double perMinute, double allowed, int periodMinutes)
    {
        var cursor = default(EdgeCursor);
        var start = Math.Max(0, now.PeriodStartMs / Minute.Ms);
        var all = stream.All.Bad;
        for (var (from, step) = (0L, 0L); from < periodMinutes; from = step)
        {
            step = Math.Min(periodMinutes, Math.Max(from + 1, stream.NextBlock(start + from) - start));
            if (SpentAt(step) < allowed) continue;
            while (from < step && SpentAt(from) < allowed) from++;
            return now.AtMs + (from * Minute.Ms);
        }

        return null;

        double SpentAt(long minutes) =>
            Math.Max(0, all - stream.At(start + minutes, 0, ref cursor).Bad) + (perMinute * minutes);
    }
}
