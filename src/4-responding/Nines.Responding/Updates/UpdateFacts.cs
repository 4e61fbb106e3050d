using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>What a draft is filled from: an incident, and what its indicators say.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Channel">Where people talk about it; empty where nobody opened a channel.</param>
/// <param name="Next">When the next update comes; null where none is owed.</param>
/// <param name="PublicUrl">The beginning of links.</param>
/// <param name="Now">When.</param>
public sealed record UpdateFacts(IncidentView Incident, string Channel, Instant? Next, string PublicUrl, Instant Now);
