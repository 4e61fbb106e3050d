using Nines.Alerting.Alerts;
using Nines.Kernel;

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
}

/// <summary>One message of a page, as the outbox knows it.</summary>
/// <param name="Effect">Its id in the outbox, which is the receiver's <c>Nines-Delivery-Id</c>.</param>
/// <param name="Contact">Opaque name of the contact: person and kind.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Kind">Which way out.</param>
public sealed record IntendedMessage(string Effect, string Contact, string Person, string Kind);

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
[EventType("paging.page-intended.v1")]
public sealed record PageIntended(
    string Page, string Notification, PageCause Cause, AlertSeverity Severity, string Service, string Title, string Reason,
    IReadOnlyList<string> People, IReadOnlyList<IntendedMessage> Messages, IReadOnlyList<string> Alerts);

/// <summary>Nothing of a page fires any more.</summary>
/// <param name="Page">The page.</param>
/// <param name="Reason">Why.</param>
[EventType("paging.page-ended.v1")]
public sealed record PageEnded(string Page, string Reason);

/// <summary>A page reached nobody: said aloud, on the page's own screen and in the log.</summary>
/// <param name="Page">The page.</param>
/// <param name="Reason">Why.</param>
[EventType("paging.page-unheard.v1")]
public sealed record PageUnheard(string Page, string Reason);
