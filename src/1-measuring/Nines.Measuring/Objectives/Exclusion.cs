using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Minutes that do not count, once or again and again, with an owner and an approver (semantics.md 12). The figure
/// without the exclusion stays beside the other everywhere.
/// </summary>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Who asked for it.</param>
/// <param name="Approver">Who agreed.</param>
/// <param name="Start">Local start of the first occurrence.</param>
/// <param name="Zone">IANA zone.</param>
/// <param name="Length">Length of one occurrence.</param>
/// <param name="Every">Null for a one-off; else the days between two occurrences, in local days.</param>
/// <param name="Until">The last local day on which an occurrence may begin; null without end.</param>
public sealed record Exclusion(
    string Name, string Owner, string Approver, LocalDateTime Start, DateTimeZone Zone, Duration Length, int? Every = null, LocalDate? Until = null)
{
    /// <summary>True when the minute that begins at <paramref name="minute"/> is taken out.</summary>
    public bool Covers(Instant minute)
    {
        if (Every is not { } days) return Within(Start, minute);
        // An occurrence that began earlier may still last: look back as many steps as its length spans.
        var local = minute.InZone(Zone).LocalDateTime;
        var step = (int)Math.Floor((double)Period.DaysBetween(Start.Date, local.Date) / days);
        var back = (int)Math.Ceiling(Length.TotalDays / days) + 1;
        for (var i = Math.Max(0, step - back); i <= step; i++)
        {
            var start = Start.PlusDays(i * days);
            if ((Until is null || start.Date <= Until) && Within(start, minute)) return true;
        }

        return false;
    }

    private bool Within(LocalDateTime start, Instant minute)
    {
        var begin = start.InZoneLeniently(Zone).ToInstant();
        return minute >= begin && minute < begin + Length;
    }
}
