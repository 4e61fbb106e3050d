using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>
/// Counts the times that laws give. Hours are hours, whatever clocks on walls do; days and months go by the calendar of a zone, and a
/// time of day that a change of clocks leaves out is the moment after it. Pure.
/// </summary>
public static class LegalTime
{
    /// <summary>The end of a span.</summary>
    /// <param name="from">When it begins.</param>
    /// <param name="span">How long it is.</param>
    /// <param name="zone">Whose calendar counts.</param>
    /// <param name="endsAt">When a business day ends; null for midnight.</param>
    /// <param name="holidays">Days on which nobody works.</param>
    public static Instant End(Instant from, LegalSpan span, DateTimeZone zone, LocalTime? endsAt, IReadOnlySet<LocalDate> holidays) => span.Unit switch
    {
        SpanUnit.Hours => from + Duration.FromHours(span.Count),
        SpanUnit.Days => from.InZone(zone).LocalDateTime.PlusDays(span.Count).InZoneLeniently(zone).ToInstant(),
        SpanUnit.Months => from.InZone(zone).LocalDateTime.PlusMonths(span.Count).InZoneLeniently(zone).ToInstant(),
        _ => BusinessDays(from, span.Count, zone, endsAt, holidays),
    };

    // Form 8-K, General Instruction B.1: what happens on a day off begins to run on, and includes, the first business day after it.
    private static Instant BusinessDays(Instant from, int days, DateTimeZone zone, LocalTime? endsAt, IReadOnlySet<LocalDate> holidays)
    {
        var date = from.InZone(zone).Date;
        var left = days;
        if (!Works(date, holidays))
        {
            while (!Works(date, holidays)) date = date.PlusDays(1);
            left--;
        }

        while (left > 0)
        {
            date = date.PlusDays(1);
            if (Works(date, holidays)) left--;
        }

        return endsAt is { } end ? date.At(end).InZoneLeniently(zone).ToInstant() : zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
    }

    private static bool Works(LocalDate date, IReadOnlySet<LocalDate> holidays) => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !holidays.Contains(date);

    /// <summary>No holidays.</summary>
    public static ImmutableHashSet<LocalDate> NoHolidays { get; } = [];
}
