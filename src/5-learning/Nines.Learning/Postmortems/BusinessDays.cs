using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>
/// Counts business days, Monday to Friday, by the clock on somebody's wall: a day ends when the next one begins there,
/// however long the night in which clocks change was. Pure.
/// </summary>
public static class BusinessDays
{
    /// <summary>The end of the so-many-th business day after the day of an instant.</summary>
    public static Instant After(Instant at, int days, DateTimeZone zone)
    {
        var date = at.InZone(zone).Date;
        for (var left = Math.Max(1, days); left > 0;)
        {
            date = date.PlusDays(1);
            if (IsOne(date)) left--;
        }

        return zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
    }

    /// <summary>How many business days after the day of one instant the day of another is; 0 on the same day or a weekend right after it.</summary>
    public static int Between(Instant from, Instant to, DateTimeZone zone)
    {
        var (date, last, days) = (from.InZone(zone).Date, to.InZone(zone).Date, 0);
        while (date < last)
        {
            date = date.PlusDays(1);
            if (IsOne(date)) days++;
        }

        return days;
    }

    /// <summary>True from Monday to Friday.</summary>
    public static bool IsOne(LocalDate date) => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
}
