using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>How a severity is treated where no branch says otherwise.</summary>
/// <param name="GroupBy">Shared labels.</param>
/// <param name="Wait">How long a new group waits.</param>
/// <param name="Interval">Least time between two notifications.</param>
/// <param name="Repeat">When to say it again; null for never.</param>
/// <param name="Tells">False where alerts are listed only.</param>
public sealed record RouteTimes(IReadOnlyList<string> GroupBy, Duration Wait, Duration Interval, Duration? Repeat, bool Tells);

/// <summary>One branch of the routing tree as somebody wrote it; what is null is inherited.</summary>
public sealed record RouteBranch
{
    /// <summary>Its name, unique among its siblings.</summary>
    public required string Name { get; init; }

    /// <summary>It takes an alert where all of them choose it; none for every alert.</summary>
    public IReadOnlyList<Matcher> Match { get; init; } = [];

    /// <summary>True where the branches behind it are asked as well.</summary>
    public bool Continue { get; init; }

    /// <summary>Treats what it takes as this loud.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>The service that it is about.</summary>
    public string? Service { get; init; }

    /// <summary>The escalation policy.</summary>
    public string? Escalation { get; init; }

    /// <summary>Shared labels.</summary>
    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>How long a new group waits.</summary>
    public Duration? Wait { get; init; }

    /// <summary>Least time between two notifications.</summary>
    public Duration? Interval { get; init; }

    /// <summary>When to say it again; zero for never.</summary>
    public Duration? Repeat { get; init; }

    /// <summary>Intervals during which nothing is told.</summary>
    public IReadOnlyList<string>? Mute { get; init; }

    /// <summary>Intervals outside of which nothing is told.</summary>
    public IReadOnlyList<string>? Active { get; init; }

    /// <summary>Labels that it sets.</summary>
    public AlertLabels Sets { get; init; } = AlertLabels.None;

    /// <summary>Branches below.</summary>
    public IReadOnlyList<RouteBranch> Branches { get; init; } = [];

    /// <summary>This branch with what it inherits from the one above.</summary>
    internal RouteBranch Below(RouteBranch above) => this with
    {
        Severity = Severity ?? above.Severity,
        Service = Service ?? above.Service,
        Escalation = Escalation ?? above.Escalation,
        GroupBy = GroupBy ?? above.GroupBy,
        Wait = Wait ?? above.Wait,
        Interval = Interval ?? above.Interval,
        Repeat = Repeat ?? above.Repeat,
        // As in Alertmanager, intervals hold for the branch that names them.
        Sets = AlertLabels.Of(above.Sets.Pairs.Concat(Sets.Pairs)),
    };
}
