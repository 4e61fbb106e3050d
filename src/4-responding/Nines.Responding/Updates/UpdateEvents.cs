using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>Those who wait are told how an incident stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Incident">The incident.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Subject">Its headline.</param>
/// <param name="Text">The rest.</param>
/// <param name="Next">When the next one is due; null where none is promised.</param>
/// <param name="Told">So many messages left with it.</param>
/// <param name="By">Opaque id of who wrote it.</param>
[EventType("updates.posted.v1")]
public sealed record UpdatePosted(string Id, string Incident, UpdateAudience Audience, string Subject, string Text, Instant? Next, int Told, string By);

/// <summary>An update is overdue: whoever speaks for the incident was reminded.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Due">When it was due.</param>
/// <param name="Person">Opaque id of who was reminded; empty where nobody speaks for it.</param>
[EventType("updates.reminded.v1")]
public sealed record UpdateReminded(string Incident, Instant Due, string Person);

/// <summary>Somebody wants to be told about incidents.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Audience">What they want to hear.</param>
/// <param name="Services">Only of these; empty for all.</param>
/// <param name="Least">Only of this severity, or worse.</param>
[EventType("updates.subscribed.v1")]
public sealed record UpdatesSubscribed(string Id, string Person, UpdateAudience Audience, IReadOnlyList<string> Services, IncidentSeverity Least);

/// <summary>Somebody wants it no more.</summary>
/// <param name="Id">What they had asked for.</param>
[EventType("updates.unsubscribed.v1")]
public sealed record UpdatesUnsubscribed(string Id);
