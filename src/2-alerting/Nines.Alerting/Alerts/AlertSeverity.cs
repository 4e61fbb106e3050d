namespace Nines.Alerting.Alerts;

/// <summary>How loud an alert is: three ways to treat it, of which one wakes somebody.</summary>
public enum AlertSeverity
{
    /// <summary>Wakes somebody: users are hurt now.</summary>
    Page,

    /// <summary>Waits for working hours.</summary>
    Ticket,

    /// <summary>Is listed, and read at the weekly review.</summary>
    Log,
}

/// <summary>One row of the severity guide.</summary>
/// <param name="Priority">P0 to P3.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Severity">How Nines treats it.</param>
/// <param name="Response">How soon somebody is at it.</param>
/// <param name="Notification">How they hear of it.</param>
/// <param name="Examples">What belongs there.</param>
public sealed record SeverityRow(string Priority, string Name, AlertSeverity Severity, string Response, string Notification, IReadOnlyList<string> Examples);

/// <summary>The severity guide that Nines ships: priorities by response time, and the severity that each is sent as.</summary>
public static class SeverityGuide
{
    /// <summary>P0 to P3, the loudest first.</summary>
    public static IReadOnlyList<SeverityRow> Rows { get; } =
    [
        new("P0", "Page", AlertSeverity.Page, "< 5 min", "pager and phone", ["SLO burn rate critical", "data loss", "security breach"]),
        new("P1", "Urgent", AlertSeverity.Page, "< 30 min", "chat and pager", ["degraded service", "elevated errors", "capacity warning"]),
        new("P2", "Ticket", AlertSeverity.Ticket, "next business day", "a ticket", ["slow burn", "non-critical component down"]),
        new("P3", "Log", AlertSeverity.Log, "weekly review", "the list only", ["informational", "trend detection"]),
    ];

    /// <summary>The word that manifests, filters and JSON use.</summary>
    public static string Word(this AlertSeverity severity) => severity switch
    {
        AlertSeverity.Page => "page",
        AlertSeverity.Ticket => "ticket",
        _ => "log",
    };
}
