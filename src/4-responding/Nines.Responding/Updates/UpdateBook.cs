using System.Collections.Immutable;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>What was said about one incident.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Posted">The updates, the oldest first.</param>
/// <param name="RemindedOf">The due time that somebody was reminded of last; null for none.</param>
public sealed record IncidentUpdates(string Incident, ImmutableList<PostedUpdate> Posted, Instant? RemindedOf);

/// <summary>An update that was sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Subject">Its headline.</param>
/// <param name="Text">The rest.</param>
/// <param name="Next">When the next one was promised.</param>
/// <param name="Told">So many messages left with it.</param>
/// <param name="By">Opaque id of who wrote it.</param>
public sealed record PostedUpdate(string Id, Instant At, UpdateAudience Audience, string Subject, string Text, Instant? Next, int Told, string By);

/// <summary>Somebody who wants to be told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Audience">What they want to hear.</param>
/// <param name="Services">Only of these; empty for all.</param>
/// <param name="Least">Only of this severity, or worse.</param>
/// <param name="Since">Since when.</param>
public sealed record UpdateSubscription(string Id, string Person, UpdateAudience Audience, ImmutableArray<string> Services, IncidentSeverity Least, Instant Since)
{
    /// <summary>True where an incident is one that they want to hear about.</summary>
    public bool Wants(Incident incident) => incident.Severity <= Least && (Services.IsEmpty || incident.Services.Any(s => Services.Contains(s, StringComparer.Ordinal)));
}

/// <summary>Everything that was said, and who listens.</summary>
/// <param name="ByIncident">What was said about each incident; of those that are over, the last ones.</param>
/// <param name="Subscriptions">By id.</param>
public sealed record UpdateBook(ImmutableDictionary<string, IncidentUpdates> ByIncident, ImmutableSortedDictionary<string, UpdateSubscription> Subscriptions)
{
    /// <summary>So many incidents' updates stay in memory; older ones are in the journal.</summary>
    public const int Kept = IncidentBook.ClosedKept;

    /// <summary>Nothing yet.</summary>
    public static UpdateBook None { get; } = new(ImmutableDictionary<string, IncidentUpdates>.Empty, ImmutableSortedDictionary.Create<string, UpdateSubscription>(StringComparer.Ordinal));

    /// <summary>What was said about an incident.</summary>
    public IncidentUpdates Of(string incident) => ByIncident.GetValueOrDefault(incident) ?? new(incident, [], null);

    internal UpdateBook With(IncidentUpdates updates)
    {
        var all = ByIncident.SetItem(updates.Incident, updates);
        // Ids of incidents begin with their time: the least is the oldest.
        if (all.Count > Kept) all = all.Remove(all.Keys.Min(StringComparer.Ordinal)!);
        return this with { ByIncident = all };
    }
}
