using Nines.Kernel;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>An action is written down.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What is done.</param>
/// <param name="Type">What for.</param>
/// <param name="Priority">How urgent.</param>
/// <param name="Deadline">By when.</param>
/// <param name="Owner">Opaque id of whoever does it; empty for nobody.</param>
/// <param name="Incident">The incident that it follows from; empty for none.</param>
/// <param name="Service">The service that it is about; empty for none.</param>
/// <param name="Link">A link to somebody else's list of work; empty for none.</param>
/// <param name="Check">What Nines looks at by itself; null for nothing.</param>
/// <param name="By">Who wrote it down.</param>
[EventType("actions.added.v1")]
public sealed record ActionAdded(
    string Id, int Number, string Title, ActionType Type, ActionPriority Priority, Instant Deadline, string Owner, string Incident, string Service, string Link, ActionCheck? Check, string By);

/// <summary>Somebody has an action.</summary>
/// <param name="Id">The action.</param>
/// <param name="Owner">Opaque id of the person; empty for nobody.</param>
/// <param name="By">Who says so.</param>
[EventType("actions.taken.v1")]
public sealed record ActionTaken(string Id, string Owner, string By);

/// <summary>Somebody began.</summary>
/// <param name="Id">The action.</param>
/// <param name="By">Who says so.</param>
[EventType("actions.started.v1")]
public sealed record ActionStarted(string Id, string By);

/// <summary>An action is done.</summary>
/// <param name="Id">The action.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="ByCheck">True where Nines itself saw it.</param>
/// <param name="By">Who says so; empty for the house itself.</param>
[EventType("actions.done.v1")]
public sealed record ActionDone(string Id, string Evidence, bool ByCheck, string By);

/// <summary>An action is not done.</summary>
/// <param name="Id">The action.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("actions.dropped.v1")]
public sealed record ActionDropped(string Id, string Reason, string By);

/// <summary>An action is open again.</summary>
/// <param name="Id">The action.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so; empty for the house itself.</param>
[EventType("actions.reopened.v1")]
public sealed record ActionReopened(string Id, string Reason, string By);

/// <summary>An action has another deadline.</summary>
/// <param name="Id">The action.</param>
/// <param name="Deadline">By when.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
[EventType("actions.moved.v1")]
public sealed record ActionMoved(string Id, Instant Deadline, string Reason, string By);

/// <summary>An action has another check, or none.</summary>
/// <param name="Id">The action.</param>
/// <param name="Check">What Nines looks at; null for nothing.</param>
/// <param name="By">Who says so.</param>
[EventType("actions.check-set.v1")]
public sealed record CheckSet(string Id, ActionCheck? Check, string By);

/// <summary>What a check looks at holds, or holds no more.</summary>
/// <param name="Id">The action.</param>
/// <param name="Holds">True where it holds.</param>
/// <param name="Seen">What was seen.</param>
[EventType("actions.check-turned.v1")]
public sealed record CheckTurned(string Id, bool Holds, string Seen);

/// <summary>Somebody was reminded of an action.</summary>
/// <param name="Id">The action.</param>
/// <param name="Due">When that was due.</param>
/// <param name="Sent">How many messages left.</param>
[EventType("actions.reminded.v1")]
public sealed record ActionReminded(string Id, Instant Due, int Sent);

/// <summary>A tracker is to be told of an action.</summary>
/// <param name="Id">The action.</param>
/// <param name="Effect">The effect in the outbox.</param>
/// <param name="Tracker">Which tracker.</param>
/// <param name="Told"><c>open</c>, <c>update</c>, <c>close</c> or <c>reopen</c>.</param>
[EventType("actions.tracker-told.v1")]
public sealed record ActionTrackerTold(string Id, string Effect, string Tracker, string Told);
