using Nines.Kernel;

namespace Nines.Responding.IncidentChannels;

/// <summary>A channel shall open for an incident.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Effect">The effect that opens it.</param>
/// <param name="Name">What it is to be called.</param>
/// <param name="By">Opaque id of who asked; empty for the house itself.</param>
[EventType("incidentchannels.asked.v1")]
public sealed record ChannelAsked(string Incident, string Effect, string Name, string By);

/// <summary>A channel is open.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Channel">The provider's id of it.</param>
/// <param name="Name">What it is called.</param>
[EventType("incidentchannels.opened.v1")]
public sealed record ChannelOpened(string Incident, string Channel, string Name);

/// <summary>The channel is told what is new in the timeline.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Effect">The effect that carries it; empty where nothing of it was for the channel.</param>
/// <param name="Lines">So many lines of the timeline are told now.</param>
[EventType("incidentchannels.told.v1")]
public sealed record ChannelTold(string Incident, string Effect, int Lines);

/// <summary>The channel is told nothing any more: the incident is over, or no channel could be opened.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Reason">Why.</param>
[EventType("incidentchannels.ended.v1")]
public sealed record ChannelEnded(string Incident, string Reason);
