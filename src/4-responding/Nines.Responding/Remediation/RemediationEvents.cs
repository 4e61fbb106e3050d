using Nines.Kernel;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>A rule knows what to do about an alert.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Number">Its number.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Version">The fingerprint of the rule's action.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Opening">Which opening of that alert.</param>
/// <param name="Service">Its service.</param>
/// <param name="Target">What it works on.</param>
/// <param name="Action">What would be done, with its labels filled in.</param>
/// <param name="Level">How far the rule is trusted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Incident">The open incident of that service; empty for none.</param>
/// <param name="Plan">Where the steps of a runbook's option are done: these, with their labels filled in. The action is then empty.</param>
[EventType("remediation.proposed.v1")]
public sealed record RemedyProposed(
    string Id, int Number, string Rule, string Version, string Alert, int Opening, string Service, string Target, RunnerAction Action, RemedyLevel Level, string Reason, string Incident,
    RemedyPlan? Plan = null);

/// <summary>A remedy begins.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Call">The call; of a plan, that of its first step.</param>
/// <param name="By">Who approved it; empty where the rule may do it by itself.</param>
[EventType("remediation.begun.v1")]
public sealed record RemedyBegun(string Id, string Call, string By);

/// <summary>A step of a remedy begins.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Step">The step.</param>
/// <param name="Call">Its call.</param>
[EventType("remediation.step-begun.v1")]
public sealed record RemedyStepBegun(string Id, string Step, string Call);

/// <summary>A step of a remedy is over.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Step">The step.</param>
/// <param name="Call">Its call.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Observed">What came out.</param>
[EventType("remediation.step-ended.v1")]
public sealed record RemedyStepEnded(string Id, string Step, string Call, RunnerVerdict Verdict, string Observed);

/// <summary>A remedy is done; whether it helps is awaited.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Observed">What came out.</param>
/// <param name="JudgedBy">By when the alert must be over.</param>
[EventType("remediation.done.v1")]
public sealed record RemedyDone(string Id, string Observed, Instant JudgedBy);

/// <summary>It is known whether a remedy helped.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Helped">True where the symptom went away.</param>
/// <param name="Reason">Why.</param>
[EventType("remediation.judged.v1")]
public sealed record RemedyJudged(string Id, bool Helped, string Reason);

/// <summary>Somebody said no.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventType("remediation.rejected.v1")]
public sealed record RemedyRejected(string Id, string Reason, string By);

/// <summary>A remedy came to nothing: the alert ended before, or remediation was stopped.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Reason">Why.</param>
[EventType("remediation.lapsed.v1")]
public sealed record RemedyLapsed(string Id, string Reason);

/// <summary>A rule would do something, and is held back.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Reason">Why.</param>
[EventType("remediation.held-back.v1")]
public sealed record RemedyHeldBack(string Rule, string Alert, string Reason);

/// <summary>A rule gives up on an alert: somebody is called.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Opening">Which opening of that alert.</param>
/// <param name="Service">Its service.</param>
/// <param name="Target">What it worked on.</param>
/// <param name="Reason">Why.</param>
[EventType("remediation.escalated.v1")]
public sealed record RemedyEscalated(string Rule, string Alert, int Opening, string Service, string Target, string Reason);

/// <summary>Remediation is stopped.</summary>
/// <param name="Rule">Only this rule; empty for all.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventType("remediation.stopped.v1")]
public sealed record RemediationStopped(string Rule, string Reason, string By);

/// <summary>Remediation goes on.</summary>
/// <param name="Rule">Only this rule; empty for all.</param>
/// <param name="By">Who.</param>
[EventType("remediation.started.v1")]
public sealed record RemediationStarted(string Rule, string By);
