using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A time in which others would be on call than now.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Before">Who is on call now.</param>
/// <param name="After">Who would be.</param>
public sealed record Changed(Instant From, Instant Until, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>Compares who is on call, before and after a change.</summary>
public static class RotaDiff
{
    /// <summary>Where two cover the same time otherwise; neighbours that say the same are one.</summary>
    /// <param name="before">Shifts without hole or overlap.</param>
    /// <param name="after">Shifts of the same time.</param>
    public static IReadOnlyList<Changed> Of(IReadOnlyList<Shift> before, IReadOnlyList<Shift> after)
    {
        var changes = new List<Changed>();
        for (int b = 0, a = 0; b < before.Count && a < after.Count;)
        {
            var from = Instant.Max(before[b].From, after[a].From);
            var until = Instant.Min(before[b].Until, after[a].Until);
            if (from < until && !SamePeople(before[b].People, after[a].People)) Add(changes, new(from, until, before[b].People, after[a].People));
            if (before[b].Until <= until) b++;
            if (after[a].Until <= until) a++;
        }

        return changes;
    }

    /// <summary>True for the same people in any order.</summary>
    public static bool SamePeople(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        a.Count == b.Count && a.All(p => b.Contains(p, StringComparer.Ordinal));

    private static void Add(List<Changed> changes, Changed next)
    {
        if (changes.Count > 0 && changes[^1] is var last && last.Until == next.From && SamePeople(last.Before, next.Before) && SamePeople(last.After, next.After)) changes[^1] = last with { Until = next.Until };
        else changes.Add(next);
    }
}
