using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The period of an objective: a rolling duration, or calendar units in a zone.</summary>
public abstract record ObjectiveWindow
{
    /// <summary>28 days, rolling: what an objective without a window gets (semantics.md 4).</summary>
    public static ObjectiveWindow Default { get; } = new RollingWindow(Duration.FromDays(28));

    /// <summary>The length that factors are computed from; a calendar month is 30 d, a quarter 90 d (semantics.md 4).</summary>
    public abstract Duration Nominal { get; }

    /// <summary>The written form: <c>30d</c>, <c>1M</c>.</summary>
    public abstract string Text { get; }
}

/// <summary>The last so-and-so-much time, exact.</summary>
/// <param name="Length">Whole minutes, at least one.</param>
public sealed record RollingWindow(Duration Length) : ObjectiveWindow
{
    /// <inheritdoc />
    public override Duration Nominal => Length;

    /// <inheritdoc />
    public override string Text => Kernel.FieldDuration.Format(Length);
}

/// <summary>OpenSLO's calendar units.</summary>
public enum CalendarUnit
{
    /// <summary><c>d</c>.</summary>
    Day,

    /// <summary><c>w</c>.</summary>
    Week,

    /// <summary><c>M</c>.</summary>
    Month,

    /// <summary><c>Q</c>.</summary>
    Quarter,

    /// <summary><c>Y</c>.</summary>
    Year,
}

/// <summary>Back-to-back calendar periods in an IANA zone, counted from a start.</summary>
/// <param name="Start">Local start of the first period.</param>
/// <param name="Zone">IANA zone.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Count">How many units make one period, at least 1.</param>
public sealed record CalendarWindow(LocalDateTime Start, DateTimeZone Zone, CalendarUnit Unit, int Count = 1) : ObjectiveWindow
{
    /// <inheritdoc />
    public override Duration Nominal => Duration.FromDays(Count * Unit switch
    {
        CalendarUnit.Day => 1,
        CalendarUnit.Week => 7,
        CalendarUnit.Month => 30,
        CalendarUnit.Quarter => 90,
        _ => 365,
    });

    /// <inheritdoc />
    public override string Text => Count + Unit switch
    {
        CalendarUnit.Day => "d",
        CalendarUnit.Week => "w",
        CalendarUnit.Month => "M",
        CalendarUnit.Quarter => "Q",
        _ => "Y",
    };

    /// <summary>
    /// The period that holds an instant: from its start up to, not including, its end. A local start that the zone
    /// skips begins at the next valid instant; an ambiguous one at its first occurrence (semantics.md 10).
    /// </summary>
    public Interval PeriodAt(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        var steps = StepsBefore(local);
        while (BoundaryAt(steps) > at) steps--;
        while (BoundaryAt(steps + 1) <= at) steps++;
        return new(BoundaryAt(steps), BoundaryAt(steps + 1));
    }

    private Instant BoundaryAt(int steps)
    {
        var local = Unit switch
        {
            CalendarUnit.Day => Start.PlusDays(steps * Count),
            CalendarUnit.Week => Start.PlusWeeks(steps * Count),
            CalendarUnit.Month => Start.PlusMonths(steps * Count),
            CalendarUnit.Quarter => Start.PlusMonths(3 * steps * Count),
            _ => Start.PlusYears(steps * Count),
        };
        return Zone.ResolveLocal(local, NodaTime.TimeZones.Resolvers.CreateMappingResolver(
            NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter)).ToInstant();
    }

    private int StepsBefore(LocalDateTime local) => Unit switch
    {
        CalendarUnit.Day => (int)Math.Floor((double)Period.DaysBetween(Start.Date, local.Date) / Count),
        CalendarUnit.Week => (int)Math.Floor(Period.DaysBetween(Start.Date, local.Date) / (7.0 * Count)),
        CalendarUnit.Month => (int)Math.Floor((double)Months(local) / Count),
        CalendarUnit.Quarter => (int)Math.Floor(Months(local) / (3.0 * Count)),
        _ => (int)Math.Floor((local.Year - Start.Year) / (double)Count),
    };

    private int Months(LocalDateTime local) => ((local.Year - Start.Year) * 12) + local.Month - Start.Month;
}
