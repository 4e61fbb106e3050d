using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>
/// What leaves the room: an alert that says that somebody is needed, and where, and nothing else. What it is about, how bad it is and
/// which deadline comes nearer stands in the case only. Pure.
/// </summary>
public static class SecurityAlert
{
    /// <summary>Who raises it.</summary>
    public const string Source = "security";

    /// <summary>A signal opened a case.</summary>
    public static Incoming Opened(string id, string name, SecurityPolicy policy, Instant now) =>
        Alert(OpenedLabels(name, policy), $"A security signal needs you: {name}", id, policy, now);

    /// <summary>Somebody let themselves into a case.</summary>
    public static Incoming LetIn(SecurityCase one, SecurityPolicy policy, Instant now) =>
        Alert(Labels(one.Name, policy, ("reminder", $"let-in-{one.Access.Count}")), $"A security case needs you: {one.Name}", one.Id, policy, now);

    /// <summary>A deadline of a case.</summary>
    public static Incoming Deadline(SecurityCase one, int number, SecurityPolicy policy, Instant now) =>
        Alert(DeadlineLabels(one.Name, number, policy), $"A deadline of {one.Name} needs you", one.Id, policy, now);

    /// <summary>What identifies the alert of an opened case.</summary>
    public static AlertLabels OpenedLabels(string name, SecurityPolicy policy) => Labels(name, policy);

    /// <summary>What identifies the alert of a reminder.</summary>
    public static AlertLabels DeadlineLabels(string name, int number, SecurityPolicy policy) => Labels(name, policy, ("reminder", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static Incoming Alert(AlertLabels labels, string title, string id, SecurityPolicy policy, Instant now) => new()
    {
        Labels = labels,
        Severity = AlertSeverity.Page,
        Source = Source,
        Service = policy.Service,
        Title = title,
        Reason = "What it is about stands in the case, and nowhere else.",
        StartedAt = now,
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("case", "/security/" + id),
    };

    private static AlertLabels Labels(string name, SecurityPolicy policy, params ReadOnlySpan<(string, string)> more) =>
        AlertLabels.Of([("alertname", "SecurityCase"), ("case", name), ("service", policy.Service), ("severity", "page"), .. more]);
}
