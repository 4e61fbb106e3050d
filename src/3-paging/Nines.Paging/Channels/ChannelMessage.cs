using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>One alert in a page's message.</summary>
/// <param name="Id">The alert.</param>
/// <param name="State"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="EndedAt">Until when; null while it fires.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Runbook">What to do; null where nobody wrote it.</param>
/// <param name="Links">Where to look: alert, objective, and the service's own links.</param>
/// <param name="Impact">What users feel; null where nobody wrote it.</param>
public sealed record MessageAlert(
    string Id, string State, string Title, string Reason, Instant StartedAt, Instant? EndedAt, AlertLabels Labels, string? Runbook,
    ImmutableSortedDictionary<string, string> Links, string? Impact = null);

/// <summary>
/// What people are told, whatever the way out: the payload of every effect that goes to a contact. Each sender renders
/// its own format from it at each try; a webhook receives it as it is.
/// </summary>
/// <param name="Event"><c>page.opened</c>, <c>page.updated</c>, <c>page.repeated</c>, <c>page.reopened</c>, <c>page.resolved</c>, <c>page.acknowledged</c>, <c>page.changed</c>, <c>page.merged</c>, <c>page.test</c>, <c>contact.code</c> or <c>incident.update</c>.</param>
/// <param name="Page">The page, the same in all its messages: collapse by it.</param>
/// <param name="Url">The page on the screen.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Text">All of it in 160 characters.</param>
/// <param name="At">When this was decided.</param>
/// <param name="Why">Why the receiver is called.</param>
/// <param name="Open">False once nothing of it fires.</param>
/// <param name="Alerts">What it is about.</param>
/// <param name="Acknowledge">A link that opens the page with one button; fetching it changes nothing. In the journal only its place stands: it is made at each try. Null where there is nothing to acknowledge.</param>
/// <param name="Thread">The first delivery about this page to this contact, to which this one answers; null for the first.</param>
/// <param name="Detail">The long form, where the text is only its headline; null where the text is all.</param>
public sealed record ChannelMessage(
    string Event, string Page, string Url, AlertSeverity Severity, string Service, string Text, Instant At, string Why, bool Open,
    IReadOnlyList<MessageAlert> Alerts, string? Acknowledge = null, string? Thread = null, string? Detail = null);

/// <summary>The words of <see cref="ChannelMessage.Event"/>.</summary>
public static class MessageEvent
{
    /// <summary>It begins.</summary>
    public const string Opened = "page.opened";

    /// <summary>More joined, or a part of it is over.</summary>
    public const string Updated = "page.updated";

    /// <summary>It still fires.</summary>
    public const string Repeated = "page.repeated";

    /// <summary>It was over, and is back.</summary>
    public const string Reopened = "page.reopened";

    /// <summary>All of it is over.</summary>
    public const string Resolved = "page.resolved";

    /// <summary>Somebody took it on. Changes what stands there, without a sound.</summary>
    public const string Acknowledged = "page.acknowledged";

    /// <summary>Whoever had taken it on has it no more. Changes what stands there, without a sound.</summary>
    public const string Changed = "page.changed";

    /// <summary>It became part of another page. Changes what stands there, without a sound.</summary>
    public const string Merged = "page.merged";

    /// <summary>Somebody tries whether pages arrive.</summary>
    public const string Test = "page.test";

    /// <summary>A code that proves that a contact is somebody's.</summary>
    public const string Code = "contact.code";

    /// <summary>How an incident stands, for those who asked to be told. Rings nobody.</summary>
    public const string Told = "incident.update";

    /// <summary>Every one.</summary>
    public static IReadOnlyList<string> All { get; } = [Opened, Updated, Repeated, Reopened, Resolved, Acknowledged, Changed, Merged, Test, Code, Told];

    /// <summary>True where only what stands there already is changed: it may make no noise.</summary>
    public static bool IsQuiet(string happened) => happened is Acknowledged or Changed or Merged;
}
