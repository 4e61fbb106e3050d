using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>
/// Somebody asks everybody how it stands, every so often (seed 003: 15 min for SEV1, 30 min for SEV2). Where nobody does,
/// whoever is on call for the incident's service is paged: the room may have fallen silent. Pure.
/// </summary>
public static class MissedCheckIn
{
    /// <summary>A check-in may come so late before it pages; a commander in the middle of a sentence is no alarm.</summary>
    public static readonly Duration Late = Duration.FromMinutes(5);

    /// <summary>By when everybody must be asked again; null where nobody need be.</summary>
    public static Instant? DueAt(Incident incident, IncidentPolicy policy) => incident.Open && policy.Of(incident.Severity).CheckIn is { } every ? incident.CheckedInAt + every : null;

    /// <summary>When it pages; null where it did, or never does: an exercise wakes nobody.</summary>
    public static Instant? PagesAt(Incident incident, IncidentPolicy policy) => incident.Drill || incident.CheckInMissed ? null : DueAt(incident, policy) + Late;

    /// <summary>The alert.</summary>
    public static Incoming Alert(Incident incident, Instant due, Instant now) => new()
    {
        Labels = Labels(incident, incident.Services.FirstOrDefault() ?? ""),
        Severity = AlertSeverity.Page,
        Source = Source,
        Service = incident.Services.FirstOrDefault() ?? "",
        Title = $"Nobody checked in on {incident.Name}: {incident.Title}",
        Reason = $"It was due at {NodaTime.Text.InstantPattern.General.Format(due)}; is anybody still at it? Check in, hand the command over, or resolve it.",
        StartedAt = now,
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("incident", "/incidents/" + incident.Id),
    };

    /// <summary>Who raises it.</summary>
    public const string Source = "incidents";

    /// <summary>What identifies the alert that was told last. An incident may have got other services since: another one's that became part of it.</summary>
    public static AlertLabels Told(Incident incident) => Labels(incident, incident.CheckInMissedFor);

    private static AlertLabels Labels(Incident incident, string service) => AlertLabels.Of(
        ("alertname", "IncidentCheckInMissed"), ("incident", incident.Name), ("service", service), ("severity", "page"));
}
