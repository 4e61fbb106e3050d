using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Responding.Runbooks;

/// <summary>Somebody goes through a runbook.</summary>
/// <param name="Id">The run.</param>
/// <param name="Number">Its number.</param>
/// <param name="Runbook">The runbook.</param>
/// <param name="Title">Its title.</param>
/// <param name="Plan">What is done, as it is written now.</param>
/// <param name="Incident">The incident that it belongs to; empty for none.</param>
/// <param name="Alert">The alert that it is about; empty for none.</param>
/// <param name="Labels">Labels that its actions take their values from.</param>
/// <param name="Drill">True within a drill.</param>
/// <param name="By">Who.</param>
[EventType("runbooks.run-started.v1")]
public sealed record RunStarted(string Id, int Number, string Runbook, string Title, RunbookPlan Plan, string Incident, string Alert, AlertLabels Labels, bool Drill, string By);

/// <summary>Nines does the current step.</summary>
/// <param name="Id">The run.</param>
/// <param name="Step">The step.</param>
/// <param name="Call">The call.</param>
/// <param name="By">Who approved it; empty for nobody.</param>
[EventType("runbooks.step-called.v1")]
public sealed record StepCalled(string Id, string Step, string Call, string By);

/// <summary>Nines did the current step, and a person has yet to judge what came out.</summary>
/// <param name="Id">The run.</param>
/// <param name="Step">The step.</param>
/// <param name="Call">The call.</param>
/// <param name="Observed">What came out.</param>
[EventType("runbooks.step-shown.v1")]
public sealed record StepShown(string Id, string Step, string Call, string Observed);

/// <summary>A step is done.</summary>
/// <param name="Id">The run.</param>
/// <param name="Step">The step.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="By">Who did it; empty for Nines itself.</param>
/// <param name="Call">The call with which Nines did it; empty for a person's.</param>
[EventType("runbooks.step-ended.v1")]
public sealed record StepEnded(string Id, string Step, StepOutcome Outcome, string Observed, string By, string Call);

/// <summary>Somebody chose how to stop the bleeding.</summary>
/// <param name="Id">The run.</param>
/// <param name="Option">The option.</param>
/// <param name="By">Who.</param>
[EventType("runbooks.option-chosen.v1")]
public sealed record OptionChosen(string Id, string Option, string By);

/// <summary>It takes too long: somebody else is to be called.</summary>
/// <param name="Id">The run.</param>
/// <param name="Contact">Whom.</param>
/// <param name="Context">What to tell them.</param>
[EventType("runbooks.escalation-due.v1")]
public sealed record RunEscalationDue(string Id, string Contact, string Context);

/// <summary>A run is over.</summary>
/// <param name="Id">The run.</param>
/// <param name="Helped">Whether it helped.</param>
/// <param name="Note">What whoever ended it says.</param>
/// <param name="By">Who.</param>
[EventType("runbooks.run-finished.v1")]
public sealed record RunFinished(string Id, bool Helped, string Note, string By);

/// <summary>A run was given up.</summary>
/// <param name="Id">The run.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventType("runbooks.run-abandoned.v1")]
public sealed record RunAbandoned(string Id, string Reason, string By);

/// <summary>Somebody looked a runbook through, and it is right.</summary>
/// <param name="Runbook">Which.</param>
/// <param name="By">Who.</param>
[EventType("runbooks.reviewed.v1")]
public sealed record RunbookReviewed(string Runbook, string By);

/// <summary>Nines followed an option of a runbook to its end, without a run.</summary>
/// <param name="Runbook">Which.</param>
/// <param name="Option">Which option.</param>
/// <param name="About">For whom: <c>remedy/ID</c>.</param>
/// <param name="Helped">Whether it helped; null where it was given up.</param>
/// <param name="Took">How long each step took, in milliseconds.</param>
[EventType("runbooks.used.v1")]
public sealed record RunbookUsed(string Runbook, string Option, string About, bool? Helped, ImmutableSortedDictionary<string, long> Took);
