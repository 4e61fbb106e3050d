using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What somebody says of one component.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Status">How it works.</param>
public sealed record ComponentSaid(string Key, ComponentStatus Status);

/// <summary>Somebody published that something is wrong.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">Id of the post.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Impact">How much it hurts.</param>
/// <param name="Components">What of it does not work.</param>
/// <param name="Body">What they wrote.</param>
/// <param name="StartedAt">Since when users feel it.</param>
/// <param name="Incident">Id of the house's own incident; empty for none.</param>
/// <param name="By">Who.</param>
[EventType("statuspages.published.v1")]
public sealed record StatusPublished(
    string Page, string Id, string Title, PostStatus Status, PostImpact Impact, IReadOnlyList<ComponentSaid> Components, string Body, Instant StartedAt, string Incident, string By);

/// <summary>Somebody published how it goes on.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The post.</param>
/// <param name="Update">Id of the update.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Impact">How much it hurts.</param>
/// <param name="Components">What they said of components; those not named stay as they were.</param>
/// <param name="Body">What they wrote.</param>
/// <param name="By">Who.</param>
[EventType("statuspages.updated.v1")]
public sealed record StatusUpdated(
    string Page, string Id, string Update, PostStatus Status, PostImpact Impact, IReadOnlyList<ComponentSaid> Components, string Body, string By);

/// <summary>Somebody announced work.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">Id of the maintenance.</param>
/// <param name="Title">What is done.</param>
/// <param name="Body">What users notice.</param>
/// <param name="Components">Keys of what is worked on.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Override">Why it does not keep to the rules; empty where it does.</param>
/// <param name="By">Who.</param>
[EventType("statuspages.maintenance-scheduled.v1")]
public sealed record MaintenanceScheduled(
    string Page, string Id, string Title, string Body, IReadOnlyList<string> Components, Instant From, Instant Until, string Override, string By);

/// <summary>Somebody announced it otherwise.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The maintenance.</param>
/// <param name="Update">Id of the change.</param>
/// <param name="Title">What is done.</param>
/// <param name="Body">What users notice.</param>
/// <param name="Components">Keys of what is worked on.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Override">Why it does not keep to the rules; empty where it does.</param>
/// <param name="By">Who.</param>
[EventType("statuspages.maintenance-changed.v1")]
public sealed record MaintenanceChanged(
    string Page, string Id, string Update, string Title, string Body, IReadOnlyList<string> Components, Instant From, Instant Until, string Override, string By);

/// <summary>The work begins.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The maintenance.</param>
/// <param name="Update">Id of this news.</param>
[EventType("statuspages.maintenance-started.v1")]
public sealed record MaintenanceStarted(string Page, string Id, string Update);

/// <summary>The work is done.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The maintenance.</param>
/// <param name="Update">Id of this news.</param>
/// <param name="By">Who said so; empty where its time was over.</param>
[EventType("statuspages.maintenance-ended.v1")]
public sealed record MaintenanceEnded(string Page, string Id, string Update, string By);

/// <summary>The work is not done.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The maintenance.</param>
/// <param name="Update">Id of this news.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventType("statuspages.maintenance-cancelled.v1")]
public sealed record MaintenanceCancelled(string Page, string Id, string Update, string Reason, string By);

/// <summary>Somebody wants to be told, and has not proven yet that it is them.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">Opaque id of the subscriber.</param>
/// <param name="Kind">Mail or webhook.</param>
/// <param name="Address">Where they are told, sealed with their own key.</param>
/// <param name="Components">Keys of what they want to hear of; null for everything.</param>
[EventType("statuspages.subscribed.v1")]
public sealed record SubscriberAsked(string Page, string Id, SubscriberKind Kind, string Address, IReadOnlyList<string>? Components = null);

/// <summary>It is them.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The subscriber.</param>
/// <param name="How"><c>link</c>, or <c>import</c> where a person of the house vouched for it.</param>
[EventType("statuspages.confirmed.v1")]
public sealed record SubscriberConfirmed(string Page, string Id, string How);

/// <summary>They want to hear of something else.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The subscriber.</param>
/// <param name="Components">Keys of what they want to hear of; empty for everything.</param>
/// <param name="Follows">What is open and was told to them: they hear its end nevertheless.</param>
[EventType("statuspages.chosen.v1")]
public sealed record SubscriberChose(string Page, string Id, IReadOnlyList<string> Components, IReadOnlyList<string> Follows);

/// <summary>They want to be told no more, or never proved that it was them.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The subscriber.</param>
/// <param name="Reason">Why, in words.</param>
[EventType("statuspages.unsubscribed.v1")]
public sealed record SubscriberLeft(string Page, string Id, string Reason);

/// <summary>The key of somebody who left is deleted: nobody can read their address any more.</summary>
/// <param name="Page">The page.</param>
/// <param name="Id">The subscriber.</param>
[EventType("statuspages.forgotten.v1")]
public sealed record SubscriberForgotten(string Page, string Id);

/// <summary>Some of those who are told of a notice are on their way: one effect of the outbox.</summary>
/// <param name="Page">The page.</param>
/// <param name="Notice">The update that they are told of.</param>
/// <param name="Effect">Id of the effect; empty where nobody so far wants to hear it.</param>
/// <param name="Last">Id of the last subscriber who was looked at.</param>
/// <param name="Count">How many.</param>
/// <param name="Among">What the page had when its first batch was written; null later, and where nobody had chosen.</param>
[EventType("statuspages.notice-sent.v1")]
public sealed record NoticeSent(string Page, string Notice, string Effect, string Last, int Count, IReadOnlyList<string>? Among = null);

/// <summary>How somebody is told.</summary>
public enum SubscriberKind
{
    /// <summary>A mail.</summary>
    Email,

    /// <summary>A call of their program.</summary>
    Webhook,
}
