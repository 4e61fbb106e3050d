using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>When heartbeats were heard last; many in one entry, and seldom, because a ping is a renewal.</summary>
/// <param name="Last">By name.</param>
[EventType("heartbeats.heard.v1")]
public sealed record HeartbeatsHeard(ImmutableSortedDictionary<string, Instant> Last);

/// <summary>A heartbeat stayed out.</summary>
/// <param name="Heartbeat">Its name.</param>
/// <param name="Last">When it was heard last.</param>
/// <param name="Reason">The arithmetic.</param>
[EventType("heartbeats.missed.v1")]
public sealed record HeartbeatMissed(string Heartbeat, Instant Last, string Reason);

/// <summary>A heartbeat that had stayed out is heard again, or is no longer promised.</summary>
/// <param name="Heartbeat">Its name.</param>
/// <param name="Reason">Why it is over.</param>
[EventType("heartbeats.returned.v1")]
public sealed record HeartbeatReturned(string Heartbeat, string Reason);
