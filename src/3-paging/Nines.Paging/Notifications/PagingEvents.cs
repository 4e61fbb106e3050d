using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Why somebody is told about a page.</summary>
public enum PageCause
{
    /// <summary>It begins.</summary>
    First,

    /// <summary>Further alerts joined it.</summary>
    More,

    /// <summary>It still fires.</summary>
    Repeat,

    /// <summary>It was over, and is back.</summary>
    Reopened,

    /// <summary>Something of it, or all of it, is over.</summary>
    Resolved,

    /// <summary>Nobody who was called could be reached.</summary>
    LastResort,

    /// <summary>Somebody tries whether pages arrive.</summary>
    Test,

    /// <summary>Nobody took it on, so the next step is called; or a message did not come far enough, so the next way is taken.</summary>
    Escalated,

    /// <summary>It had been taken on, and rings again.</summary>
    Unacknowledged,

    /// <summary>Somebody else is on call now.</summary>
    Handover,

    /// <summary>Somebody gave it to somebody else.</summary>
    Reassigned,

    /// <summary>Somebody took it on: what stands on screens is changed, without a sound.</summary>
    Acknowledged,

    /// <summary>Whoever had taken it on has it no more: the same.</summary>
    Changed,

    /// <summary>It became part of another page: the same.</summary>
    Merged,

    /// <summary>Somebody learns beside whoever is called: a copy, with nothing to do.</summary>
    Learning,
}

/// <summary>What causes have in common.</summary>
public static class PageCauses
{
    /// <summary>True where only what stands there already is changed: it may make no noise.</summary>
    public static bool IsQuiet(this PageCause cause) => cause is PageCause.Acknowledged or PageCause.Changed or PageCause.Merged;

    /// <summary>True where somebody is asked to come.</summary>
    public static bool Calls(this PageCause cause) => cause is not (PageCause.Resolved or PageCause.Test or PageCause.Learning) && !cause.IsQuiet();
}

/// <summary>One message of a page, as the outbox knows it.</summary>
/// <param name="Effect">Its id in the outbox, which is the receiver's <c>Nines-Delivery-Id</c>.</param>
/// <param name="Contact">Opaque name of the contact: person and kind.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="Due">By when it must have come how far; null where nobody waits for it.</param>
/// <param name="Also">Other pages whose end it tells in the same line; null for none.</param>
public sealed record IntendedMessage(string Effect, string Contact, string Person, string Kind, StageDeadlines? Due = null, IReadOnlyList<string>? Also = null);

/// <summary>By when a message must have come how far. A stage that its way out cannot prove has no deadline.</summary>
/// <param name="Attempted">Tried.</param>
/// <param name="Accepted">Taken by the provider.</param>
/// <param name="Delivered">On the device; null where nobody can prove it.</param>
/// <param name="Seen">Opened; null where nobody can prove it.</param>
public sealed record StageDeadlines(Instant Attempted, Instant Accepted, Instant? Delivered, Instant? Seen);

/// <summary>A call that follows later, by the person's own rules.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Contact">Opaque name of the contact.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="At">When.</param>
public sealed record PlannedCall(string Person, string Contact, string Kind, Instant At);

/// <summary>Somebody is to be told about a page. The messages are intended in the same commit.</summary>
/// <param name="Page">The page: the thread of its notifications.</param>
/// <param name="Notification">The notification that asked for it; empty for a test or a last resort.</param>
/// <param name="Cause">Why.</param>
/// <param name="Severity">How loud; a ticket goes by mail only.</param>
/// <param name="Service">Whose users feel it; empty where the alert names none.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">Why these people.</param>
/// <param name="People">Opaque ids of those called; empty where nobody could be.</param>
/// <param name="Messages">What leaves the house.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="Shadow">The shadow mode under which nothing of it leaves the house: its messages are only what would have been sent; empty where they are sent.</param>
[EventType("paging.page-intended.v1")]
public sealed record PageIntended(
    string Page, string Notification, PageCause Cause, AlertSeverity Severity, string Service, string Title, string Reason,
    IReadOnlyList<string> People, IReadOnlyList<IntendedMessage> Messages, IReadOnlyList<string> Alerts, string Shadow = "");

/// <summary>A page that was open in shadow mode calls people from now on.</summary>
/// <param name="Page">The page.</param>
/// <param name="Reason">Why.</param>
[EventType("paging.went-live.v1")]
public sealed record PageWentLive(string Page, string Reason);

/// <summary>Nothing of a page fires any more.</summary>
/// <param name="Page">The page.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who ended it; empty where it ended by itself.</param>
[EventType("paging.page-ended.v1")]
public sealed record PageEnded(string Page, string Reason, string By = "");

/// <summary>A page reached nobody: said aloud, on the page's own screen and in the log.</summary>
/// <param name="Page">The page.</param>
/// <param name="Reason">Why.</param>
/// <param name="NextAt">When everybody is tried anew; null where the escalation knows by itself, or nobody is there to be tried.</param>
[EventType("paging.page-unheard.v1")]
public sealed record PageUnheard(string Page, string Reason, Instant? NextAt = null);

/// <summary>An escalation took a step, or came to its last resort.</summary>
/// <param name="Page">The page.</param>
/// <param name="Policy">The policy that it follows.</param>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1; 0 for the last resort.</param>
/// <param name="People">Opaque ids of those called.</param>
/// <param name="Reason">Why them, and why now.</param>
/// <param name="Passed">Steps that would have called nobody, each with its reason.</param>
/// <param name="NextAt">When the next step is taken unless somebody takes the page on; null when there is none.</param>
/// <param name="Planned">Calls that follow by the people's own rules.</param>
/// <param name="Shifts">Shifts that it relied on.</param>
/// <param name="Needs">How many people must acknowledge.</param>
/// <param name="RingsAgainAfter">An acknowledged page that still fires rings again after this; null for never.</param>
[EventType("paging.step-taken.v1")]
public sealed record PageStepTaken(
    string Page, string Policy, int Round, int Step, IReadOnlyList<string> People, string Reason, IReadOnlyList<string> Passed, Instant? NextAt,
    IReadOnlyList<PlannedCall> Planned, IReadOnlyList<OnCallUntil> Shifts, int Needs, Duration? RingsAgainAfter);

/// <summary>Somebody takes a page on.</summary>
/// <param name="Page">The page.</param>
/// <param name="Person">Opaque id; another word where a door knows no person.</param>
/// <param name="Via">Which way: <c>page</c>, <c>api</c>, <c>link</c>, or the kind of the contact.</param>
[EventType("paging.acknowledged.v1")]
public sealed record PageAcknowledged(string Page, string Person, string Via);

/// <summary>A page that was taken on, or slept, rings again.</summary>
/// <param name="Page">The page.</param>
/// <param name="By">Who asked; empty where time did.</param>
/// <param name="Reason">Why.</param>
[EventType("paging.unacknowledged.v1")]
public sealed record PageUnacknowledged(string Page, string By, string Reason);

/// <summary>Somebody lets a page sleep.</summary>
/// <param name="Page">The page.</param>
/// <param name="By">Who; empty where a silence holds back all that fires of it.</param>
/// <param name="Until">When it rings again, unless it is over.</param>
[EventType("paging.snoozed.v1")]
public sealed record PageSnoozed(string Page, string By, Instant Until);

/// <summary>Somebody gives a page to others.</summary>
/// <param name="Page">The page.</param>
/// <param name="By">Who.</param>
/// <param name="People">Opaque ids of those who have it now.</param>
[EventType("paging.reassigned.v1")]
public sealed record PageReassigned(string Page, string By, IReadOnlyList<string> People);

/// <summary>Somebody wants the next step at once.</summary>
/// <param name="Page">The page.</param>
/// <param name="By">Who.</param>
[EventType("paging.escalated.v1")]
public sealed record PageEscalated(string Page, string By);

/// <summary>A page became part of another one.</summary>
/// <param name="Page">The page that goes.</param>
/// <param name="Into">The page that stays.</param>
/// <param name="By">Who said so.</param>
/// <param name="Alerts">What it was about.</param>
[EventType("paging.merged.v1")]
public sealed record PageMerged(string Page, string Into, string By, IReadOnlyList<string> Alerts);

/// <summary>Where a message that did not come far enough leads.</summary>
public enum FailoverTo
{
    /// <summary>Nowhere yet: another message may still reach somebody.</summary>
    Nobody,

    /// <summary>The person's next contact, at once.</summary>
    Contact,

    /// <summary>The next people, at once.</summary>
    Step,
}

/// <summary>A message missed a deadline, failed, or its contact is gone: what follows does not wait.</summary>
/// <param name="Page">The page.</param>
/// <param name="Effect">The message; empty where its contact is gone and nothing could be sent.</param>
/// <param name="Person">Whom it should have reached.</param>
/// <param name="Contact">Opaque name of the contact.</param>
/// <param name="Stage">How far it did not come.</param>
/// <param name="Reason">What is known about it.</param>
/// <param name="To">What follows.</param>
[EventType("paging.failed-over.v1")]
public sealed record PageFailedOver(string Page, string Effect, string Person, string Contact, ProofStage Stage, string Reason, FailoverTo To);

/// <summary>Somebody else is on call by a schedule while a page is open.</summary>
/// <param name="Page">The page.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="People">Opaque ids of those who are on call now.</param>
/// <param name="Until">When that ends.</param>
/// <param name="Reason">What they are told.</param>
/// <param name="Planned">Calls that follow by the people's own rules; none where the page is in somebody's hands.</param>
[EventType("paging.handed-over.v1")]
public sealed record PageHandedOver(
    string Page, string Schedule, IReadOnlyList<string> People, Instant Until, string Reason, IReadOnlyList<PlannedCall> Planned);
