using Nines.Kernel;

namespace Nines.Paging.Tickets;

/// <summary>A ticket is open.</summary>
/// <param name="Id">The thread of its notifications.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Priority">As the severity guide has it.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="Reason">The arithmetic behind it.</param>
[EventType("tickets.opened.v1")]
public sealed record TicketOpened(string Id, int Number, string Title, string Service, string Priority, IReadOnlyList<string> Alerts, string Reason);

/// <summary>Something about a ticket is new.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Alerts">The alerts that joined it.</param>
/// <param name="Text">What is new.</param>
/// <param name="Quiet">True where nothing of it fires any more.</param>
[EventType("tickets.updated.v1")]
public sealed record TicketUpdated(string Id, IReadOnlyList<string> Alerts, string Text, bool Quiet);

/// <summary>A ticket is closed.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Reason">Why.</param>
[EventType("tickets.closed.v1")]
public sealed record TicketClosed(string Id, string Reason);

/// <summary>A closed ticket is open again: its alerts are back.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Reason">Why.</param>
[EventType("tickets.reopened.v1")]
public sealed record TicketReopened(string Id, string Reason);

/// <summary>Somebody has a ticket.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Person">Their opaque id; empty for nobody.</param>
[EventType("tickets.assigned.v1")]
public sealed record TicketAssigned(string Id, string Person);

/// <summary>A tracker is to be told.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Effect">The effect in the outbox.</param>
/// <param name="Tracker">Which tracker.</param>
/// <param name="Action"><c>open</c>, <c>update</c>, <c>close</c> or <c>reopen</c>.</param>
[EventType("tickets.tracker-called.v1")]
public sealed record TrackerCalled(string Id, string Effect, string Tracker, string Action);

/// <summary>A team was sent what waits for it.</summary>
/// <param name="Team">The team; or the person who owns services alone.</param>
/// <param name="Tickets">How many tickets it lists.</param>
/// <param name="Reviewed">How many alerts of severity log it lists.</param>
/// <param name="Sent">How many messages left.</param>
[EventType("tickets.digest-sent.v1")]
public sealed record DigestSent(string Team, int Tickets, int Reviewed, int Sent);
