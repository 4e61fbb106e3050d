using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>
/// The turns of a rotation. They are counted on the wall clock: turn k begins at the start plus k turns of local time, so
/// that an hourly rotation stays on its grid and a weekly one hands over at the same hour all year.
/// </summary>
public static class RotationTurns
{
    /// <summary>When a turn begins, in local time.</summary>
    public static LocalDateTime LocalStart(this Rotation rotation, long turn)
    {
        var count = turn * rotation.Length;
        return rotation.Unit switch
        {
            TurnUnit.Hourly => rotation.Start.PlusHours(count),
            TurnUnit.Daily => rotation.Start.PlusDays((int)count),
            TurnUnit.Weekly => rotation.Start.PlusWeeks((int)count),
            // Counted from the start, not from the month before: the 31st comes back after a short month.
            _ => rotation.Start.PlusMonths((int)count),
        };
    }

    /// <summary>When a turn is handed over.</summary>
    public static Instant StartOf(this Rotation rotation, DateTimeZone zone, long turn) => LocalClock.Begins(zone, rotation.LocalStart(turn));

    /// <summary>The turn that runs at a time; below zero before the rotation's start.</summary>
    public static long TurnAt(this Rotation rotation, DateTimeZone zone, Instant at)
    {
        var turn = Estimate(rotation, at.InZone(zone).LocalDateTime);
        while (rotation.StartOf(zone, turn) > at) turn--;
        while (rotation.StartOf(zone, turn + 1) <= at) turn++;
        return turn;
    }

    /// <summary>Number of the slot that has a turn.</summary>
    public static int SlotOf(this Rotation rotation, long turn)
    {
        var slot = (int)((turn + rotation.Shift) % rotation.Slots.Count);
        return slot < 0 ? slot + rotation.Slots.Count : slot;
    }

    private static long Estimate(Rotation rotation, LocalDateTime local)
    {
        var days = Period.DaysBetween(rotation.Start.Date, local.Date);
        var units = rotation.Unit switch
        {
            TurnUnit.Hourly => (days * 24L) + ((local.NanosecondOfDay - rotation.Start.NanosecondOfDay) / NodaConstants.NanosecondsPerHour),
            TurnUnit.Daily => days,
            TurnUnit.Weekly => days / 7,
            _ => ((local.Year - rotation.Start.Year) * 12L) + local.Month - rotation.Start.Month,
        };
        return units / rotation.Length;
    }
}
