using Nines.Paging.Escalations;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>A step's hours of the week as stretches of time. Pure.</summary>
internal static class HoursOfSteps
{
    /// <summary>The same for equal hours.</summary>
    public static string Key(this StepHours hours) => $"{hours.Zone.Id} {string.Join(',', hours.Days)} {hours.From}-{hours.Until}";

    /// <summary>When the hours are, between two times; sorted and joined.</summary>
    public static List<Stretch> Between(this StepHours hours, Instant from, Instant until)
    {
        var all = new List<Stretch>();
        var last = until.InZone(hours.Zone).Date;
        // Hours that began the day before may reach in.
        for (var day = from.InZone(hours.Zone).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            if (!hours.Days.Contains(day.DayOfWeek)) continue;
            var end = hours.From < hours.Until ? day : day.PlusDays(1);
            all.Add(new(LocalClock.Begins(hours.Zone, day + hours.From), LocalClock.Ends(hours.Zone, end + hours.Until)));
        }

        return [.. Pieces.Union(all).Where(s => s.Until > from && s.From < until).Select(s => new Stretch(Instant.Max(s.From, from), Instant.Min(s.Until, until)))];
    }
}
