using NodaTime;

namespace Nines.Paging.Escalations;

/// <summary>What a step calls.</summary>
public enum TargetKind
{
    /// <summary>Whoever is on call by a schedule.</summary>
    Schedule,

    /// <summary>One person.</summary>
    Person,

    /// <summary>Everybody of a team.</summary>
    Team,

    /// <summary>Whoever leads a team.</summary>
    Lead,

    /// <summary>One of <see cref="EscalationRole"/>, found anew for the service of each page.</summary>
    Role,
}

/// <summary>The roles that a target may name.</summary>
public static class EscalationRole
{
    /// <summary>Whoever is on call for the service; without a schedule, its owner.</summary>
    public const string Primary = "primary";

    /// <summary>The second on call.</summary>
    public const string Secondary = "secondary";

    /// <summary>The lead of the team that owns the service.</summary>
    public const string Lead = "lead";

    /// <summary>Everybody of the team that owns the service.</summary>
    public const string Team = "team";

    /// <summary>The person or team of <c>escalations:cto</c>.</summary>
    public const string Cto = "cto";

    /// <summary>Whoever owns Nines.</summary>
    public const string Owner = "owner";

    /// <summary>Every one.</summary>
    public static IReadOnlyList<string> All { get; } = [Primary, Secondary, Lead, Team, Cto, Owner];
}

/// <summary>One target of a step.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
public sealed record EscalationTarget(TargetKind Kind, string Name);

/// <summary>One step.</summary>
/// <param name="Notify">Who is called.</param>
/// <param name="Delay">How long they have before the next step.</param>
/// <param name="RoundRobin">True where one of the people is called, another one for each page.</param>
/// <param name="Hours">When <paramref name="Notify"/> counts; null for always.</param>
/// <param name="Otherwise">Who is called outside these hours.</param>
public sealed record EscalationStep(
    IReadOnlyList<EscalationTarget> Notify, Duration Delay, bool RoundRobin, StepHours? Hours, IReadOnlyList<EscalationTarget> Otherwise);

/// <summary>Hours of the week in a zone.</summary>
/// <param name="Zone">The zone of its days.</param>
/// <param name="Days">The days.</param>
/// <param name="From">Beginning.</param>
/// <param name="Until">End; not later than <paramref name="From"/>: on the next day.</param>
public sealed record StepHours(DateTimeZone Zone, IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime Until)
{
    /// <summary>True within the hours; what begins on a day and ends on the next belongs to the day on which it began.</summary>
    public bool Holds(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        if (From < Until) return Days.Contains(local.DayOfWeek) && local.TimeOfDay >= From && local.TimeOfDay < Until;
        return (Days.Contains(local.DayOfWeek) && local.TimeOfDay >= From) || (Days.Contains(local.Date.PlusDays(-1).DayOfWeek) && local.TimeOfDay < Until);
    }
}

/// <summary>Who is called about a page that nobody takes on, in which order, and for how long.</summary>
public sealed record EscalationPolicy
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The steps, first to last.</summary>
    public required IReadOnlyList<EscalationStep> Steps { get; init; }

    /// <summary>How often all steps are taken before the last resort.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>How many people must acknowledge before it rests.</summary>
    public int Acknowledgements { get; init; } = 1;

    /// <summary>An acknowledged page that still fires rings again after this; null for never.</summary>
    public Duration? UnacknowledgeAfter { get; init; }
}

/// <summary>The policy of whatever names none: the seed's order, five minutes a level, three rounds.</summary>
public static class ShippedPolicy
{
    /// <summary>Its name in events and on pages.</summary>
    public const string Name = "shipped";

    private static readonly Duration Level = Duration.FromMinutes(5);

    /// <summary>Primary, secondary, team lead, CTO; then the last resort. What is acknowledged and fires for four hours more rings again.</summary>
    public static EscalationPolicy Policy { get; } = new()
    {
        Name = Name,
        Rounds = 3,
        UnacknowledgeAfter = Duration.FromHours(4),
        Steps = [.. new[] { EscalationRole.Primary, EscalationRole.Secondary, EscalationRole.Lead, EscalationRole.Cto }
            .Select(role => new EscalationStep([new(TargetKind.Role, role)], Level, false, null, []))],
    };
}
