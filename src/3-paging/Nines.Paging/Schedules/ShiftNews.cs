using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules;

/// <summary>One person's time on call, as a calendar shows it.</summary>
/// <param name="Person">An opaque id.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
public sealed record PersonShift(string Person, Instant From, Instant Until);

/// <summary>
/// What calendars must be told when a schedule has changed: a shift that was moved keeps its id and its sequence rises, one
/// that is gone is cancelled, and one that came back is the old one again. What is past stays as it was told.
/// </summary>
public static class ShiftNews
{
    /// <summary>How far ahead calendars are told.</summary>
    public static Duration Ahead { get; } = Duration.FromDays(180);

    // A shift is cut at the beginning of months where it lasts longer: one without end would change every day.
    private static readonly Duration Longest = Duration.FromDays(31);

    /// <summary>Each person's shifts from now on, those that have begun included.</summary>
    public static IReadOnlyList<PersonShift> Shifts(Rota rota, Func<string, string?> idOf, Instant now)
    {
        var zone = rota.Schedule.Zone;
        var from = MonthOf(now - Longest - Longest, zone, 0);
        var open = new Dictionary<string, PersonShift>(StringComparer.Ordinal);
        var all = new List<PersonShift>();
        foreach (var shift in rota.Between(from, MonthOf(now + Ahead, zone, 1)))
            foreach (var person in shift.People.Select(idOf).OfType<string>())
            {
                if (open.TryGetValue(person, out var last) && last.Until == shift.From) open[person] = last with { Until = shift.Until };
                else
                {
                    if (last is not null) all.Add(last);
                    open[person] = new(person, shift.From, shift.Until);
                }
            }

        return [.. all.Concat(open.Values).SelectMany(s => Cut(s, zone)).Where(s => s.Until > now).OrderBy(s => s.From).ThenBy(s => s.Person, StringComparer.Ordinal)];
    }

    /// <summary>What is new, changed or cancelled against what calendars were told.</summary>
    public static IReadOnlyList<PublishedShift> Since(string schedule, IReadOnlyDictionary<string, PublishedShift> told, IReadOnlyList<PersonShift> shifts, Instant now)
    {
        var left = told.Values.Where(t => !t.Cancelled && t.Until > now).OrderBy(t => t.From).ToList();
        var news = new List<PublishedShift>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var moved = new List<PersonShift>();
        foreach (var shift in shifts)
        {
            // What has begun began when calendars said so.
            var same = left.FindIndex(t => t.Person == shift.Person && t.Until == shift.Until && (t.From == shift.From || (t.From < now && shift.From < now)));
            if (same < 0) moved.Add(shift);
            else left.RemoveAt(same);
        }

        foreach (var shift in moved)
        {
            var old = left.Where(t => t.Person == shift.Person && t.From < shift.Until && shift.From < t.Until).MaxBy(t => Overlap(t, shift));
            if (old is not null)
            {
                left.Remove(old);
                news.Add(old with { From = old.From < now && shift.From < now ? old.From : shift.From, Until = shift.Until, Sequence = old.Sequence + 1, ChangedAt = now });
                continue;
            }

            var uid = NewUid(schedule, shift, told, used);
            used.Add(uid);
            news.Add(new(uid, shift.Person, shift.From, shift.Until, told.TryGetValue(uid, out var gone) ? gone.Sequence + 1 : 0, false, now));
        }

        news.AddRange(left.Select(t => t with { Sequence = t.Sequence + 1, Cancelled = true, ChangedAt = now }));
        return news;
    }

    private static Duration Overlap(PublishedShift told, PersonShift shift) => Instant.Min(told.Until, shift.Until) - Instant.Max(told.From, shift.From);

    /// <summary>By schedule, person and beginning; the next free one where that is in use.</summary>
    private static string NewUid(string schedule, PersonShift shift, IReadOnlyDictionary<string, PublishedShift> told, HashSet<string> used)
    {
        for (var i = 0; ; i++)
        {
            var uid = Hash($"{schedule}\n{shift.Person}\n{InstantPattern.ExtendedIso.Format(shift.From)}\n{i}");
            if (!used.Contains(uid) && !(told.TryGetValue(uid, out var known) && !known.Cancelled)) return uid;
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) + "@nines";

    private static IEnumerable<PersonShift> Cut(PersonShift shift, DateTimeZone zone)
    {
        if (shift.Until - shift.From <= Longest)
        {
            yield return shift;
            yield break;
        }

        for (var from = shift.From; from < shift.Until;)
        {
            var next = Instant.Min(MonthOf(from, zone, 1), shift.Until);
            yield return shift with { From = from, Until = next };
            from = next;
        }
    }

    private static Instant MonthOf(Instant at, DateTimeZone zone, int months)
    {
        var date = at.InZone(zone).Date;
        return LocalClock.Begins(zone, new LocalDate(date.Year, date.Month, 1).PlusMonths(months).AtMidnight());
    }
}
