using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>
/// The one rule for local times that happen twice or never. A time that was skipped means the next valid instant. A time
/// that happens twice means its first occurrence where something begins or is handed over, and its last where hours end:
/// an overlap, never a gap (target/goalert#1252).
/// </summary>
public static class LocalClock
{
    /// <summary>When something begins, or is handed over.</summary>
    public static Instant Begins(DateTimeZone zone, LocalDateTime local)
    {
        var map = zone.MapLocal(local);
        return map.Count == 0 ? map.LateInterval.Start : map.First().ToInstant();
    }

    /// <summary>When hours end.</summary>
    public static Instant Ends(DateTimeZone zone, LocalDateTime local)
    {
        var map = zone.MapLocal(local);
        return map.Count == 0 ? map.LateInterval.Start : map.Last().ToInstant();
    }
}
