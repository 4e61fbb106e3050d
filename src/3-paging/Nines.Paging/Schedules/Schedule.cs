using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Who is on call when, as a manifest says it: layers over layers.</summary>
public sealed record Schedule
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The zone of its days, and of every layer without one of its own.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Each lies over the ones before it.</summary>
    public IReadOnlyList<ScheduleLayer> Layers { get; init; } = [];

    /// <summary>Days on which somebody else covers, or on which some layers rest.</summary>
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    /// <summary>The schedule of those who are called second; null for none.</summary>
    public string? Secondary { get; init; }

    /// <summary>The team whose schedule it is; null where nobody said so.</summary>
    public string? Team { get; init; }

    /// <summary>Everybody who is named anywhere in it, once.</summary>
    public IEnumerable<string> People => Layers.SelectMany(l => l.People).Concat(Holidays.SelectMany(h => h.People)).Distinct(StringComparer.Ordinal);
}

/// <summary>One layer of a schedule.</summary>
public sealed record ScheduleLayer
{
    /// <summary>Its name within the schedule.</summary>
    public required string Name { get; init; }

    /// <summary>Its own zone (follow the sun); null for the schedule's.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>People in turn; null for a layer of fixed shifts.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>Shifts that were written one by one, or came from a calendar.</summary>
    public IReadOnlyList<FixedShift> Shifts { get; init; } = [];

    /// <summary>Shifts of a calendar; null for none.</summary>
    public Calendars.IcsCalendar? Calendar { get; init; }

    /// <summary>The hours of the week in which it counts; none for always.</summary>
    public IReadOnlyList<WeeklyHours> Hours { get; init; } = [];

    /// <summary>It counts from this local time on; null for always.</summary>
    public LocalDateTime? From { get; init; }

    /// <summary>It counts up to this local time; null for always.</summary>
    public LocalDateTime? Until { get; init; }

    /// <summary>True for those who learn: they get a copy of each page and are never cover.</summary>
    public bool Shadow { get; init; }

    /// <summary>True where it rests on the schedule's holidays.</summary>
    public bool RestsOnHolidays { get; init; }

    /// <summary>Everybody named in it.</summary>
    public IEnumerable<string> People => (Rotation?.Slots.SelectMany(s => s) ?? []).Concat(Shifts.SelectMany(s => s.People));
}

/// <summary>How long a turn of a rotation is counted in.</summary>
public enum TurnUnit
{
    /// <summary>Hours of the wall clock.</summary>
    Hourly,

    /// <summary>Days.</summary>
    Daily,

    /// <summary>Weeks.</summary>
    Weekly,

    /// <summary>Months.</summary>
    Monthly,
}

/// <summary>People who take turns.</summary>
/// <param name="Unit">What a turn is counted in.</param>
/// <param name="Length">How many of them a turn lasts.</param>
/// <param name="Start">The first hand-over, in local time; it gives hour, weekday and day of the month of all others.</param>
/// <param name="Slots">Who has which turn; an empty slot is nobody's, so that what lies below shows.</param>
/// <param name="Shift">So many slots further than counted from the start: what keeps who is on call now through an edit.</param>
public sealed record Rotation(TurnUnit Unit, int Length, LocalDateTime Start, IReadOnlyList<IReadOnlyList<string>> Slots, int Shift = 0);

/// <summary>Hours of each week, in local time.</summary>
/// <param name="Day">The weekday on which they begin.</param>
/// <param name="From">When they begin.</param>
/// <param name="Days">How many days later they end.</param>
/// <param name="Until">When they end.</param>
public sealed record WeeklyHours(IsoDayOfWeek Day, LocalTime From, int Days, LocalTime Until);

/// <summary>A day with a rule of its own.</summary>
/// <param name="Date">The day, in the schedule's zone.</param>
/// <param name="Name">What it is called.</param>
/// <param name="People">Who covers it; none leaves it to the layers that do not rest.</param>
public sealed record Holiday(LocalDate Date, string Name, IReadOnlyList<string> People);

/// <summary>A shift that stands by itself.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="People">Who.</param>
public sealed record FixedShift(Instant From, Instant Until, IReadOnlyList<string> People);
