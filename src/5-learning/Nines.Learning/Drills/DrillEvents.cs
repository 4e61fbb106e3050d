using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>What somebody does in a drill.</summary>
public enum DrillRole
{
    /// <summary>Knows what comes, and says it.</summary>
    Leader,

    /// <summary>Is called by what is injected.</summary>
    OnCall,

    /// <summary>Takes part, and is not called.</summary>
    Participant,
}

/// <summary>Somebody in a drill.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Role">What they do.</param>
public sealed record DrillPerson(string Person, DrillRole Role);

/// <summary>A message that calls somebody about an injected alert.</summary>
/// <param name="Effect">Its id in the outbox.</param>
/// <param name="Person">Opaque id of whoever is called.</param>
public sealed record DrillCall(string Effect, string Person);

/// <summary>The wheel was spun.</summary>
/// <param name="Id">Its id; the choice follows from it and from the drills that stood on the wheel.</param>
/// <param name="Person">For whom.</param>
/// <param name="OnTheWheel">Drills that it could choose, in order.</param>
/// <param name="Chosen">The one that it chose.</param>
/// <param name="By">Who spun it.</param>
[EventType("drills.spun.v1")]
public sealed record WheelSpun(string Id, string Person, IReadOnlyList<string> OnTheWheel, string Chosen, string By);

/// <summary>A drill begins. All that it needs is in here: another manifest later changes nothing of it.</summary>
/// <param name="Id">The run.</param>
/// <param name="Number">Its number.</param>
/// <param name="Drill">Name of the drill.</param>
/// <param name="Title">What those who take part may know.</param>
/// <param name="Service">The service that it is about; empty for none.</param>
/// <param name="Severity">The severity that is right.</param>
/// <param name="Story">What is behind it.</param>
/// <param name="From">The past incident; empty for none.</param>
/// <param name="Injects">What comes when.</param>
/// <param name="Targets">How soon each thing is wanted.</param>
/// <param name="Speed">How many minutes of the story pass in one.</param>
/// <param name="Length">How long it lasts at most.</param>
/// <param name="GameDay">True where it has the checklist of a game day.</param>
/// <param name="People">Who takes part, whoever leads first.</param>
/// <param name="By">Who started it.</param>
[EventType("drills.started.v1")]
public sealed record DrillStarted(
    string Id, int Number, string Drill, string Title, string Service, IncidentSeverity Severity, string Story, string From, IReadOnlyList<DrillInject> Injects,
    DrillTargets Targets, double Speed, Duration Length, bool GameDay, IReadOnlyList<DrillPerson> People, string By);

/// <summary>Something came.</summary>
/// <param name="Id">The run.</param>
/// <param name="Inject">Its key.</param>
/// <param name="Calls">Who is called about it.</param>
/// <param name="By">Whoever leads, where they let it come early; empty for the clock.</param>
[EventType("drills.injected.v1")]
public sealed record DrillInjected(string Id, string Inject, IReadOnlyList<DrillCall> Calls, string By);

/// <summary>Whoever leads says what nobody had written.</summary>
/// <param name="Id">The run.</param>
/// <param name="Text">What.</param>
/// <param name="By">Who.</param>
[EventType("drills.said.v1")]
public sealed record DrillSaid(string Id, string Text, string By);

/// <summary>Somebody takes an injected alert on.</summary>
/// <param name="Id">The run.</param>
/// <param name="Inject">The alert's key.</param>
/// <param name="By">Who.</param>
/// <param name="Via">How: <c>nines</c>, or the contact that they answered over.</param>
[EventType("drills.acknowledged.v1")]
public sealed record DrillAcknowledged(string Id, string Inject, string By, string Via);

/// <summary>Somebody answers a question.</summary>
/// <param name="Id">The run.</param>
/// <param name="Inject">The question's key.</param>
/// <param name="Text">What they say.</param>
/// <param name="Right">True where it counts.</param>
/// <param name="By">Who.</param>
[EventType("drills.answered.v1")]
public sealed record DrillAnswered(string Id, string Inject, string Text, bool Right, string By);

/// <summary>An exercise was declared as an incident: it is this drill's.</summary>
/// <param name="Id">The run.</param>
/// <param name="Incident">The incident.</param>
[EventType("drills.declared.v1")]
public sealed record DrillDeclared(string Id, string Incident);

/// <summary>Everybody was asked for the first time how it stands.</summary>
/// <param name="Id">The run.</param>
/// <param name="By">Who asked.</param>
[EventType("drills.updated.v1")]
public sealed record DrillUpdated(string Id, string By);

/// <summary>Something of the checklist is done, or is not after all.</summary>
/// <param name="Id">The run.</param>
/// <param name="Item">Its key.</param>
/// <param name="Done">True where it is done.</param>
/// <param name="By">Who says so.</param>
[EventType("drills.checked.v1")]
public sealed record DrillChecked(string Id, string Item, bool Done, string By);

/// <summary>A drill is over.</summary>
/// <param name="Id">The run.</param>
/// <param name="Reason">Why.</param>
/// <param name="CalledOff">True where it was broken off: it has no score, and counts for nobody.</param>
/// <param name="By">Who ended it; empty for the house itself.</param>
[EventType("drills.ended.v1")]
public sealed record DrillEnded(string Id, string Reason, bool CalledOff, string By);

/// <summary>What a drill came to.</summary>
/// <param name="Id">The run.</param>
/// <param name="Score">From 0 to 100; null where nothing could be measured.</param>
/// <param name="Items">What it is made of.</param>
[EventType("drills.scored.v1")]
public sealed record DrillScored(string Id, int? Score, IReadOnlyList<ScoreItem> Items);

/// <summary>Somebody writes down what it taught.</summary>
/// <param name="Id">The run.</param>
/// <param name="WentWell">What went well.</param>
/// <param name="ToLearn">What is to be learnt.</param>
/// <param name="By">Who.</param>
[EventType("drills.debriefed.v1")]
public sealed record DrillDebriefed(string Id, string WentWell, string ToLearn, string By);

/// <summary>What it taught becomes something to do.</summary>
/// <param name="Id">The run.</param>
/// <param name="Action">The action.</param>
[EventType("drills.action-added.v1")]
public sealed record DrillActionAdded(string Id, string Action);
