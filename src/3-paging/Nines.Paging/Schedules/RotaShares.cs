using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>How much of a time is one person's.</summary>
/// <param name="Person">Their handle.</param>
/// <param name="Hours">On call.</param>
/// <param name="NightHours">Of them sleep hours, 22 to 8 where the person lives.</param>
/// <param name="WeekendHours">Of them Saturday and Sunday where the person lives.</param>
public sealed record RotaShare(string Person, double Hours, double NightHours, double WeekendHours);

/// <summary>Counts shares.</summary>
public static class RotaShares
{
    /// <summary>Everybody's share, the largest first.</summary>
    /// <param name="shifts">Who is on call.</param>
    /// <param name="zoneOf">Where a person lives.</param>
    public static IReadOnlyList<RotaShare> Of(IEnumerable<Shift> shifts, Func<string, DateTimeZone> zoneOf)
    {
        var shares = new Dictionary<string, (double All, double Night, double Weekend)>(StringComparer.Ordinal);
        foreach (var shift in shifts)
            foreach (var person in shift.People)
            {
                var zone = zoneOf(person);
                var was = shares.GetValueOrDefault(person);
                shares[person] = (was.All + (shift.Until - shift.From).TotalHours, was.Night + Nights(shift, zone), was.Weekend + Weekends(shift, zone));
            }

        return [.. shares.Select(s => new RotaShare(s.Key, s.Value.All, s.Value.Night, s.Value.Weekend)).OrderByDescending(s => s.Hours).ThenBy(s => s.Person, StringComparer.Ordinal)];
    }

    private static double Nights(Shift shift, DateTimeZone zone)
    {
        var hours = 0d;
        for (var date = shift.From.InZone(zone).Date.PlusDays(-1); date <= shift.Until.InZone(zone).Date; date = date.PlusDays(1))
            hours += Overlap(shift, date.At(new(RotaRules.NightFrom, 0)), date.PlusDays(1).At(new(RotaRules.NightUntil, 0)), zone);
        return hours;
    }

    private static double Weekends(Shift shift, DateTimeZone zone)
    {
        var hours = 0d;
        var first = shift.From.InZone(zone).Date.PlusDays(-2);
        for (var date = first.DayOfWeek == IsoDayOfWeek.Saturday ? first : first.Next(IsoDayOfWeek.Saturday); date <= shift.Until.InZone(zone).Date; date = date.PlusWeeks(1))
            hours += Overlap(shift, date.AtMidnight(), date.PlusDays(2).AtMidnight(), zone);
        return hours;
    }

    private static double Overlap(Shift shift, LocalDateTime from, LocalDateTime until, DateTimeZone zone)
    {
        var length = Instant.Min(shift.Until, LocalClock.Begins(zone, until)) - Instant.Max(shift.From, LocalClock.Begins(zone, from));
        return Math.Max(0, length.TotalHours);
    }
}
