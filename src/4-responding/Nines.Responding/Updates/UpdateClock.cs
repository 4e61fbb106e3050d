using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>When those who wait are owed the next update. Pure.</summary>
public static class UpdateClock
{
    /// <summary>A reminder comes so long before it is due: a text takes a moment.</summary>
    public static readonly Duration Ahead = Duration.FromMinutes(5);

    /// <summary>
    /// When the next update is due: as promised with the last one for the house, else so long after the declaration as
    /// its severity allows. Null once it is over, and for a drill: nobody outside of it is told.
    /// </summary>
    public static Instant? DueAt(Incident incident, IncidentUpdates updates, UpdatePolicy policy)
    {
        if (!incident.Open || incident.Drill || policy.After(incident.Severity) is not { } every) return null;
        var last = updates.Posted.FindLast(u => u.Audience != UpdateAudience.Customers);
        return last is null ? incident.DeclaredAt + every : last.Next ?? last.At + every;
    }

    /// <summary>When somebody is reminded of it; null where they were.</summary>
    public static Instant? RemindsAt(Incident incident, IncidentUpdates updates, UpdatePolicy policy) =>
        DueAt(incident, updates, policy) is { } due && updates.RemindedOf != due ? due - Ahead : null;

    /// <summary>Opaque id of whoever speaks for an incident: communications, else whoever commands; null for nobody.</summary>
    public static string? Speaker(Incident incident) => incident.Roles.Find(r => r.Role == IncidentRole.Communications)?.Person ?? incident.Commander;
}
