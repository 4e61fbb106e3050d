using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>A range of whole numbers, both ends in it; days of a month may count from its end (-1 is the last).</summary>
/// <param name="From">First.</param>
/// <param name="To">Last.</param>
public readonly record struct NumberRange(int From, int To)
{
    /// <summary>True where a number is in it.</summary>
    public bool Holds(int number) => From <= number && number <= To;

    /// <summary>
    /// True where a day is in it, in a month of so many days. Days that the month does not have are left out; the
    /// length is the calendar's own, so that no change of the clock can shorten a month (prometheus/alertmanager#5447).
    /// </summary>
    public bool HoldsDay(int day, int daysInMonth)
    {
        var from = From < 0 ? daysInMonth + From + 1 : From;
        var to = To < 0 ? daysInMonth + To + 1 : To;
        return from <= day && day <= to;
    }
}

/// <summary>A stretch of a day: from a minute up to, not including, another; 1440 is the day's end.</summary>
/// <param name="From">First minute of the day.</param>
/// <param name="To">The minute behind the last.</param>
public readonly record struct MinuteRange(int From, int To);

/// <summary>
/// A recurring stretch of time in a zone, as Alertmanager's time intervals are: of each list that is given at least one
/// range must hold, an empty list always holds.
/// </summary>
public sealed record TimeInterval
{
    /// <summary>Stretches of the day.</summary>
    public IReadOnlyList<MinuteRange> Times { get; init; } = [];

    /// <summary>Days of the week, 1 for Monday to 7 for Sunday.</summary>
    public IReadOnlyList<NumberRange> Weekdays { get; init; } = [];

    /// <summary>Days of the month.</summary>
    public IReadOnlyList<NumberRange> Days { get; init; } = [];

    /// <summary>Months.</summary>
    public IReadOnlyList<NumberRange> Months { get; init; } = [];

    /// <summary>Years.</summary>
    public IReadOnlyList<NumberRange> Years { get; init; } = [];

    /// <summary>Whose clock on the wall.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>True at an instant of it.</summary>
    public bool Holds(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        return HoldsDate(local.Date) && HoldsMinute((local.Hour * 60) + local.Minute);
    }

    /// <summary>The next instant at which it may begin or end: an edge of a stretch, a midnight, a change of the clock.</summary>
    public Instant NextEdge(Instant after)
    {
        var next = Instant.MaxValue;
        if (Zone.GetZoneInterval(after) is { HasEnd: true } zoned) Take(zoned.End);
        var today = after.InZone(Zone).Date;
        for (var day = 0; day <= 2 && next == Instant.MaxValue || day < 2; day++)
        {
            var date = today.PlusDays(day);
            At(date.AtMidnight());
            foreach (var time in Times)
            {
                At(date.AtMidnight().PlusMinutes(time.From));
                At(date.AtMidnight().PlusMinutes(time.To));
            }
        }

        return next;

        void Take(Instant at)
        {
            if (at > after && at < next) next = at;
        }

        void At(LocalDateTime local)
        {
            var map = Zone.MapLocal(local);
            // A time that does not exist begins where the clock jumps, which is an edge already.
            if (map.Count == 0) return;
            Take(map.First().ToInstant());
            Take(map.Last().ToInstant());
        }
    }

    private bool HoldsDate(LocalDate date) =>
        (Weekdays.Count == 0 || Weekdays.Any(r => r.Holds((int)date.DayOfWeek)))
        && (Days.Count == 0 || Days.Any(r => r.HoldsDay(date.Day, date.Calendar.GetDaysInMonth(date.Year, date.Month))))
        && (Months.Count == 0 || Months.Any(r => r.Holds(date.Month)))
        && (Years.Count == 0 || Years.Any(r => r.Holds(date.Year)));

    private bool HoldsMinute(int minute) => Times.Count == 0 || Times.Any(t => t.From <= minute && minute < t.To);
}
