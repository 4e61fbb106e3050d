using System.Runtime.CompilerServices;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Where alerts go, what they travel with, and the group's three times: one branch of the tree for one severity.</summary>
/// <param name="Name">As the trail names it.</param>
/// <param name="Severity">How loud its notifications are.</param>
/// <param name="GroupBy">Labels whose values an alert shares with the others of its group; <c>...</c> alone for all.</param>
/// <param name="Wait">How long a new group waits for company before its first notification.</param>
/// <param name="Interval">Least time between two notifications of a group.</param>
/// <param name="Repeat">When to say again what still fires; null for never.</param>
/// <param name="Tells">False where alerts are listed only.</param>
/// <param name="Escalation">The escalation policy that its notifications follow; empty for the service's own.</param>
public sealed record Route(
    string Name, AlertSeverity Severity, IReadOnlyList<string> GroupBy, Duration Wait, Duration Interval, Duration? Repeat, bool Tells,
    string Escalation = "")
{
    /// <summary>The service that its notifications are about; empty for the alert's own.</summary>
    public string Service { get; init; } = "";

    /// <summary>Names of intervals during which nothing is told.</summary>
    public IReadOnlyList<string> Mute { get; init; } = [];

    /// <summary>Names of intervals outside of which nothing is told; none for always.</summary>
    public IReadOnlyList<string> Active { get; init; } = [];

    /// <summary>Labels that it sets.</summary>
    public AlertLabels Sets { get; init; } = AlertLabels.None;

    /// <summary>Why an alert goes here, for the trail: one sentence.</summary>
    public string Why { get; init; } = "";

    /// <summary>True where all labels are shared: each alert is a group of its own.</summary>
    private bool All => GroupBy is ["..."];

    /// <summary>How loud a route of that name is, which its name says; <paramref name="otherwise"/> where it does not.</summary>
    public static AlertSeverity SeverityOf(string route, AlertSeverity otherwise) => route switch
    {
        "page" => AlertSeverity.Page,
        "ticket" => AlertSeverity.Ticket,
        "log" => AlertSeverity.Log,
        _ when route.EndsWith(":page", StringComparison.Ordinal) => AlertSeverity.Page,
        _ when route.EndsWith(":ticket", StringComparison.Ordinal) => AlertSeverity.Ticket,
        _ when route.EndsWith(":log", StringComparison.Ordinal) => AlertSeverity.Log,
        _ => otherwise,
    };

    /// <summary>The key of the group that an alert travels in.</summary>
    public string GroupKey(in RouteFacts facts)
    {
        // Pooled, not an object: a storm makes a hundred thousand keys a second.
        var key = new DefaultInterpolatedStringHandler(16, 8);
        key.AppendLiteral(Name);
        key.AppendLiteral("{");
        var first = true;
        if (All)
            foreach (var (name, value) in facts.Labels.Pairs) Add(ref key, name, value, ref first);
        else
            foreach (var name in GroupBy)
                Add(ref key, name, Sets[name] is { Length: > 0 } set ? set : facts[name], ref first);
        key.AppendLiteral("}");
        return key.ToStringAndClear();
    }

    private static void Add(ref DefaultInterpolatedStringHandler key, string name, string value, ref bool first)
    {
        if (value.Length == 0) return;
        if (!first) key.AppendLiteral(",");
        first = false;
        key.AppendLiteral(name);
        key.AppendLiteral("=\"");
        key.AppendLiteral(value.AsSpan().IndexOfAny('\\', '"', '\n') < 0
            ? value
            : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
        key.AppendLiteral("\"");
    }
}
