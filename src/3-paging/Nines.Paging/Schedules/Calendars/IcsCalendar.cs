using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>One event of a calendar, as far as on-call needs it.</summary>
public sealed record IcsEvent
{
    /// <summary>Its id; empty where the calendar gives none.</summary>
    public required string Uid { get; init; }

    /// <summary>Where it stands.</summary>
    public int Line { get; init; }

    /// <summary>Rises at each change.</summary>
    public int Sequence { get; init; }

    /// <summary>When it begins, in its zone.</summary>
    public required LocalDateTime Start { get; init; }

    /// <summary>When it ends, in its zone.</summary>
    public required LocalDateTime End { get; init; }

    /// <summary>Its zone; null for the schedule's (floating times and whole days).</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Who has it: the names to look for, most telling first.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>True where it was called off.</summary>
    public bool Cancelled { get; init; }

    /// <summary>How it repeats; null for once.</summary>
    public IcsRule? Rule { get; init; }

    /// <summary>Beginnings at which it does not happen; without a time of day: the whole day.</summary>
    public IReadOnlyList<IcsMoment> Except { get; init; } = [];

    /// <summary>Further beginnings.</summary>
    public IReadOnlyList<IcsMoment> Also { get; init; } = [];

    /// <summary>Which repetition this one takes the place of; null for none.</summary>
    public IcsMoment? Replaces { get; init; }

    /// <summary>When it begins.</summary>
    public Instant Begins(DateTimeZone otherwise) => LocalClock.Begins(Zone ?? otherwise, Start);
}

/// <summary>A time as a calendar writes it.</summary>
/// <param name="Local">In its zone.</param>
/// <param name="Zone">Null for the schedule's.</param>
/// <param name="DateOnly">True for a whole day.</param>
public sealed record IcsMoment(LocalDateTime Local, DateTimeZone? Zone, bool DateOnly)
{
    /// <summary>The moment.</summary>
    public Instant In(DateTimeZone otherwise) => LocalClock.Begins(Zone ?? otherwise, Local);
}

/// <summary>How an event repeats.</summary>
/// <param name="Unit">Daily, weekly or monthly.</param>
/// <param name="Yearly">True for years, counted in months.</param>
/// <param name="Interval">Every so many.</param>
/// <param name="Count">So often; null for no end.</param>
/// <param name="Until">The last possible beginning; null for no end.</param>
/// <param name="Days">Weekdays; with a number, which of the month (-1 the last), zero for all.</param>
/// <param name="MonthDays">Days of the month; below zero from its end.</param>
/// <param name="WeekStart">On which day weeks begin.</param>
public sealed record IcsRule(
    TurnUnit Unit, bool Yearly, int Interval, int? Count, IcsMoment? Until, IReadOnlyList<(int Which, IsoDayOfWeek Day)> Days, IReadOnlyList<int> MonthDays, IsoDayOfWeek WeekStart);

/// <summary>A calendar that was read: its events, and what could not be taken.</summary>
/// <param name="Events">In the order of the text.</param>
/// <param name="Problems">What could not be taken, by line.</param>
public sealed record IcsCalendar(IReadOnlyList<IcsEvent> Events, IReadOnlyList<Problem> Problems)
{
    // A year's shifts of many people; what is larger is a mistake.
    private const int MostOccurrences = 20_000;

    /// <summary>Every shift between two times. Of two events with one id the higher sequence counts; equal ones both do: a gap is worse.</summary>
    /// <param name="zone">The schedule's zone, for times without one.</param>
    /// <param name="from">From when.</param>
    /// <param name="until">Until when.</param>
    public IReadOnlyList<(Instant From, Instant Until, IcsEvent Event)> Between(DateTimeZone zone, Instant from, Instant until)
    {
        var shifts = new List<(Instant From, Instant Until, IcsEvent Event)>();
        foreach (var one in Newest(Events.Where(e => e.Replaces is null)))
        {
            if (one.Cancelled) continue;
            var replaced = Newest(Events.Where(e => e.Replaces is not null && e.Uid == one.Uid && one.Uid.Length > 0)).ToLookup(e => e.Replaces!.In(zone));
            foreach (var begins in IcsExpansion.Of(one, zone, from, until))
            {
                if (shifts.Count >= MostOccurrences) return shifts;
                if (replaced[begins.At].Any()) continue;
                Add(begins.At, LocalClock.Begins(one.Zone ?? zone, begins.Local + (one.End - one.Start)), one);
            }

            foreach (var instead in replaced.SelectMany(g => g).Where(e => !e.Cancelled)) Add(instead.Begins(zone), LocalClock.Begins(instead.Zone ?? zone, instead.End), instead);
        }

        // A replacement whose own event is not in the text stands by itself.
        foreach (var lone in Newest(Events.Where(e => e.Replaces is not null && !Events.Any(o => o.Replaces is null && o.Uid == e.Uid))).Where(e => !e.Cancelled))
            Add(lone.Begins(zone), LocalClock.Begins(lone.Zone ?? zone, lone.End), lone);
        return [.. shifts.OrderBy(s => s.From)];

        void Add(Instant a, Instant b, IcsEvent one)
        {
            if (a < b && b > from && a < until) shifts.Add((a, b, one));
        }
    }

    private static IEnumerable<IcsEvent> Newest(IEnumerable<IcsEvent> events) => events
        .GroupBy(e => e.Uid.Length == 0 ? $"line {e.Line}" : $"{e.Uid}\n{e.Replaces?.Local}", StringComparer.Ordinal)
        .SelectMany(g =>
        {
            var newest = g.Max(e => e.Sequence);
            return g.Where(e => e.Sequence == newest).DistinctBy(e => (e.Start, e.End, e.Zone, e.Cancelled, string.Join('\n', e.Names)));
        });
}
