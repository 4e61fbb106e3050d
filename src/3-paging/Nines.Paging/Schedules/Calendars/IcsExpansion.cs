using NodaTime;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>When an event happens, in local time, so that a weekly shift begins at the same hour all year.</summary>
internal static class IcsExpansion
{
    // A rule that never matches (the 31st of February) must end.
    private const int MostSteps = 200_000;

    /// <summary>Every beginning between two times, as moment and in local time; earlier ones may come too.</summary>
    public static IEnumerable<(Instant At, LocalDateTime Local)> Of(IcsEvent one, DateTimeZone otherwise, Instant from, Instant until)
    {
        var zone = one.Zone ?? otherwise;
        var since = from.InZone(zone).Date.PlusDays(-2 - Period.DaysBetween(one.Start.Date, one.End.Date));
        var except = one.Except.Where(e => !e.DateOnly).Select(e => e.In(otherwise)).ToHashSet();
        var days = one.Except.Where(e => e.DateOnly).Select(e => e.Local.Date).ToHashSet();
        foreach (var local in Plain(one, zone, since, until).Concat(one.Also.Select(a => a.In(otherwise).InZone(zone).LocalDateTime)).Distinct())
        {
            var at = LocalClock.Begins(zone, local);
            if (at < until && !except.Contains(at) && !days.Contains(local.Date)) yield return (at, local);
        }
    }

    private static IEnumerable<LocalDateTime> Plain(IcsEvent one, DateTimeZone zone, LocalDate since, Instant until)
    {
        if (one.Rule is not { } rule)
        {
            yield return one.Start;
            yield break;
        }

        var end = Instant.Min(until, Last(rule, zone));
        var (count, steps) = (0, 0);
        // What is counted is counted from its start; the rest need not be walked through.
        var skip = rule.Count is null && since > one.Start.Date ? since : one.Start.Date;
        foreach (var date in Dates(one.Start.Date, skip, until.InZone(zone).Date.PlusDays(1), rule))
        {
            if (++steps > MostSteps) yield break;
            var local = date + one.Start.TimeOfDay;
            if (local < one.Start) continue;
            var at = LocalClock.Begins(zone, local);
            if (at > end || count == rule.Count) yield break;
            count++;
            yield return local;
        }
    }

    /// <summary>The last possible beginning. UNTIL without a zone means the event's own; a whole day means all of it.</summary>
    private static Instant Last(IcsRule rule, DateTimeZone zone) => rule.Until is not { } until ? Instant.MaxValue
        : until.DateOnly ? LocalClock.Ends(zone, until.Local.Date.PlusDays(1).AtMidnight()) - Duration.Epsilon : until.In(zone);

    private static IEnumerable<LocalDate> Dates(LocalDate start, LocalDate since, LocalDate until, IcsRule rule) => rule.Unit switch
    {
        TurnUnit.Daily => Daily(start, since, until, rule),
        TurnUnit.Weekly => Weekly(start, since, until, rule),
        _ => Monthly(start, since, until, rule),
    };

    private static int Whole(int units, int interval) => units / interval * interval;

    private static IEnumerable<LocalDate> Daily(LocalDate start, LocalDate since, LocalDate until, IcsRule rule)
    {
        for (var date = start.PlusDays(Whole(Period.DaysBetween(start, since), rule.Interval)); date <= until; date = date.PlusDays(rule.Interval))
            if (rule.Days.Count == 0 || rule.Days.Any(d => d.Day == date.DayOfWeek)) yield return date;
    }

    private static IEnumerable<LocalDate> Weekly(LocalDate start, LocalDate since, LocalDate until, IcsRule rule)
    {
        IsoDayOfWeek[] days = rule.Days.Count > 0 ? [.. rule.Days.Select(d => d.Day).Distinct()] : [start.DayOfWeek];
        var first = start.DayOfWeek == rule.WeekStart ? start : start.Previous(rule.WeekStart);
        for (var week = first.PlusWeeks(Whole(Period.DaysBetween(first, since) / 7, rule.Interval)); week <= until; week = week.PlusWeeks(rule.Interval))
            for (var i = 0; i < 7; i++)
                if (days.Contains(week.PlusDays(i).DayOfWeek)) yield return week.PlusDays(i);
    }

    private static IEnumerable<LocalDate> Monthly(LocalDate start, LocalDate since, LocalDate until, IcsRule rule)
    {
        var months = rule.Yearly ? 12 * rule.Interval : rule.Interval;
        var first = new LocalDate(start.Year, start.Month, 1);
        var past = ((since.Year - first.Year) * 12) + since.Month - first.Month;
        for (var month = first.PlusMonths(Whole(past, months)); month <= until; month = month.PlusMonths(months))
        {
            var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
            for (var day = 1; day <= length; day++)
                if (Matches(month.PlusDays(day - 1), length, start, rule)) yield return month.PlusDays(day - 1);
        }
    }

    private static bool Matches(LocalDate date, int length, LocalDate start, IcsRule rule)
    {
        if (rule.Days.Count == 0 && rule.MonthDays.Count == 0) return date.Day == start.Day;
        if (rule.MonthDays.Count > 0 && !rule.MonthDays.Any(d => d == date.Day || d == date.Day - length - 1)) return false;
        if (rule.Days.Count == 0) return true;
        var (nth, fromEnd) = (((date.Day - 1) / 7) + 1, -(((length - date.Day) / 7) + 1));
        return rule.Days.Any(d => d.Day == date.DayOfWeek && (d.Which == 0 || d.Which == nth || d.Which == fromEnd));
    }
}
