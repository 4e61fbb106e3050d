using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Where alerts of a severity go, what they travel with, and the group's three times.</summary>
/// <param name="Name">As the trail names it.</param>
/// <param name="Severity">Which alerts it takes.</param>
/// <param name="GroupBy">Labels whose values an alert shares with the others of its group.</param>
/// <param name="Wait">How long a new group waits for company before its first notification.</param>
/// <param name="Interval">Least time between two notifications of a group.</param>
/// <param name="Repeat">When to say again what still fires; null for never.</param>
/// <param name="Tells">False where alerts are listed only.</param>
/// <param name="Escalation">The escalation policy that its notifications follow; empty for the service's own.</param>
public sealed record Route(
    string Name, AlertSeverity Severity, IReadOnlyList<string> GroupBy, Duration Wait, Duration Interval, Duration? Repeat, bool Tells,
    string Escalation = "")
{
    /// <summary>The key of the group that an alert travels in.</summary>
    public string GroupKey(AlertLabels labels) => Name + labels.Only(GroupBy);
}

/// <summary>All routes; each alert takes the first that fits.</summary>
/// <param name="All">In order.</param>
public sealed record RouteTable(IReadOnlyList<Route> All)
{
    /// <summary>
    /// What ships. A page leaves at once: what fires in one evaluation still travels together, because it is one commit.
    /// A ticket is told once. Interval and repeat are Alertmanager's defaults, but a page's additions come after a minute.
    /// </summary>
    public static RouteTable Shipped { get; } = new(
    [
        new("page", AlertSeverity.Page, ["service"], Duration.Zero, Duration.FromMinutes(1), Duration.FromHours(4), true),
        new("ticket", AlertSeverity.Ticket, ["service", "alertname", "objective", "rule"], Duration.Zero, Duration.FromMinutes(5), null, true),
        new("log", AlertSeverity.Log, ["service"], Duration.Zero, Duration.FromMinutes(5), null, false),
    ]);

    /// <summary>The route of that name; the quietest where a restart took it away.</summary>
    public Route Named(string name) => All.FirstOrDefault(r => r.Name == name) ?? All[^1];
}
