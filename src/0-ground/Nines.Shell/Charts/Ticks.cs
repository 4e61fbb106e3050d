using NodaTime;

namespace Nines.Shell.Charts;

/// <summary>Places and words of the axes: round numbers, and times that a clock on the wall shows.</summary>
internal static class Ticks
{
    private const int Most = 6;
    private static readonly int[] MinuteSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
    private static readonly int[] DaySteps = [1, 2, 7, 14, 28, 91, 182, 364];

    /// <summary>The next of 1, 2, 5 × 10ⁿ that is not below the value.</summary>
    public static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10])
            if (step * power >= value * (1 - 1e-9)) return step * power;
        return 10 * power;
    }

    /// <summary>Three to five round values inside the scale, its bottom left out (the axis stands there).</summary>
    public static IReadOnlyList<double> Values(ValueScale scale)
    {
        if (scale.High <= scale.Low) return [];
        var ticks = new List<double>();
        if (scale.Log)
        {
            for (var value = Math.Pow(10, Math.Ceiling(Math.Log10(scale.Low))); value <= scale.High * (1 + 1e-9); value *= 10)
                if (value > scale.Low) ticks.Add(value);
            return ticks;
        }
        var step = RoundUp((scale.High - scale.Low) / 4);
        for (var index = (long)Math.Floor(scale.Low / step) + 1; index * step <= scale.High * (1 + 1e-9); index++) ticks.Add(index * step);
        return ticks;
    }

    /// <summary>At most six instants with their words, on round local times of the zone, none close to an edge.</summary>
    public static IReadOnlyList<(long AtMs, string Words)> Times(TimeScale time, DateTimeZone zone)
    {
        var span = time.ToMs - time.FromMs;
        if (span <= 0) return [];
        var start = Instant.FromUnixTimeMilliseconds(time.FromMs).InZone(zone).LocalDateTime;
        var end = Instant.FromUnixTimeMilliseconds(time.ToMs);
        var ticks = new List<(long, string)>();
        foreach (var (local, words) in Candidates(start, span))
        {
            var at = zone.AtLeniently(local).ToInstant();
            if (at > end) break;
            var share = time.Share(at.ToUnixTimeMilliseconds());
            if (share is > 0.03 and < 0.97) ticks.Add((at.ToUnixTimeMilliseconds(), words));
        }
        return ticks;
    }

    private static IEnumerable<(LocalDateTime Local, string Words)> Candidates(LocalDateTime start, long spanMs)
    {
        var minutes = spanMs / 60_000.0;
        var step = MinuteSteps.FirstOrDefault(s => minutes / s <= Most);
        if (step > 0)
        {
            var first = start.Date.AtMidnight().PlusMinutes(((start.Hour * 60) + start.Minute) / step * step);
            for (var local = first; ; local = local.PlusMinutes(step))
                yield return (local, local.TimeOfDay == LocalTime.Midnight && minutes > 1440 ? Day(local) : $"{local.Hour:00}:{local.Minute:00}");
        }
        var days = DaySteps.FirstOrDefault(s => minutes / 1440 / s <= Most, DaySteps[^1]);
        // Weeks begin on Monday, so that ticks of neighbouring charts fall on the same days.
        var day = days % 7 == 0 ? start.Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)) : start.Date;
        for (; ; day = day.PlusDays(days)) yield return (day.AtMidnight(), Day(day.AtMidnight()));
    }

    private static string Day(LocalDateTime local) => local.ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture);
}
