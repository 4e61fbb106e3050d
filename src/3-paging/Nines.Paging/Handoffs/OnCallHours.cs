using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>What an hour is for whoever is on call.</summary>
public enum HourKind
{
    /// <summary>8 to 18, Monday to Friday.</summary>
    Business,

    /// <summary>18 to 22, and 8 to 22 on weekends.</summary>
    Off,

    /// <summary>22 to 8.</summary>
    Sleep,
}

/// <summary>Minutes on call by kind of hour.</summary>
/// <param name="Business">In business hours.</param>
/// <param name="Off">Outside of them, awake.</param>
/// <param name="Sleep">At night.</param>
public readonly record struct MinutesByKind(long Business, long Off, long Sleep)
{
    /// <summary>All of them.</summary>
    public long All => Business + Off + Sleep;

    /// <summary>Both together.</summary>
    public static MinutesByKind operator +(MinutesByKind a, MinutesByKind b) => new(a.Business + b.Business, a.Off + b.Off, a.Sleep + b.Sleep);
}

/// <summary>Hours in a person's own zone. A night on which clocks change has the minutes that really pass.</summary>
public static class OnCallHours
{
    private static readonly int[] Edges = [8, 18, 22];

    /// <summary>The kind of a moment, where the person lives.</summary>
    public static HourKind KindOf(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone).LocalDateTime;
        if (local.Hour is < 8 or >= 22) return HourKind.Sleep;
        return local.Hour < 18 && local.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) ? HourKind.Business : HourKind.Off;
    }

    /// <summary>The minutes of a stretch by kind, each counted once: seconds are added up before they become minutes.</summary>
    public static MinutesByKind Minutes(Instant from, Instant until, DateTimeZone zone)
    {
        var seconds = new long[3];
        for (var at = from; at < until;)
        {
            var next = Instant.Min(until, NextEdge(at, zone));
            seconds[(int)KindOf(at, zone)] += (long)(next - at).TotalSeconds;
            at = next;
        }

        return new(seconds[0] / 60, seconds[1] / 60, seconds[2] / 60);
    }

    // Also where the zone itself changes: an hour that is skipped or comes twice has its own length.
    private static Instant NextEdge(Instant at, DateTimeZone zone)
    {
        var date = at.InZone(zone).Date;
        var next = Edges.Select(hour => zone.AtLeniently(date.At(new LocalTime(hour, 0))).ToInstant())
            .Append(zone.AtStartOfDay(date.PlusDays(1)).ToInstant()).Where(edge => edge > at).DefaultIfEmpty(at + Duration.FromHours(1)).Min();
        var interval = zone.GetZoneInterval(at);
        return interval.HasEnd && interval.End > at ? Instant.Min(next, interval.End) : next;
    }
}
