using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>An alert is new.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Source">Who found it.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Annotations">Runbook and links.</param>
[EventType("alerts.raised.v1")]
public sealed record AlertRaised(
    string Id, AlertLabels Labels, AlertSeverity Severity, string Source, string Service, string Title, string Reason, Instant StartedAt,
    ImmutableSortedDictionary<string, string> Annotations);

/// <summary>An alert that had ended is back within its re-open time: the same alert, not a new one.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Reason">The arithmetic now.</param>
[EventType("alerts.reopened.v1")]
public sealed record AlertReopened(string Id, string Reason);

/// <summary>An alert is over.</summary>
/// <param name="Id">The alert.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="FlushAt">When its group tells it; null where nobody waits for it.</param>
[EventType("alerts.resolved.v1")]
public sealed record AlertResolved(string Id, Instant EndedAt, string Reason, Instant? FlushAt);

/// <summary>An alert went through dedup, route and group.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Route">The route that took it.</param>
/// <param name="Group">The group that it joined.</param>
/// <param name="FlushAt">When the group is judged.</param>
/// <param name="Verdicts">What the three stages said.</param>
/// <param name="Also">True where this is a further route, beside the first.</param>
/// <param name="Thread">The thread that it was told in and that goes on here, where a changed tree moves it without another page; empty otherwise.</param>
[EventType("alerts.routed.v1")]
public sealed record AlertRouted(string Id, string Route, string Group, Instant FlushAt, IReadOnlyList<Verdict> Verdicts, bool Also = false, string Thread = "");

/// <summary>The later stages said something new about an alert.</summary>
/// <param name="Id">The alert.</param>
/// <param name="SilencedBy">The silence that holds it back; empty for none.</param>
/// <param name="Verdicts">What they said.</param>
/// <param name="InhibitedBy">The alert that holds it back; empty for none.</param>
/// <param name="MutedBy">The mute time or maintenance that holds it back; empty for none.</param>
[EventType("alerts.judged.v1")]
public sealed record AlertJudged(string Id, string SilencedBy, IReadOnlyList<Verdict> Verdicts, string InhibitedBy = "", string MutedBy = "");

/// <summary>The later stages said something new about alerts of a group: all of it in one entry, however many they are.</summary>
/// <param name="Group">The group.</param>
/// <param name="Alerts">The alerts.</param>
/// <param name="Trails">What was said; alerts of which the same was said share one.</param>
[EventType("alerts.group-judged.v1")]
public sealed record GroupJudged(string Group, IReadOnlyList<JudgedAlert> Alerts, IReadOnlyList<IReadOnlyList<Verdict>> Trails);

/// <summary>One alert that was judged.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Trail">Which of the trails is its own.</param>
/// <param name="SilencedBy">The silence that holds it back; empty for none.</param>
/// <param name="InhibitedBy">The alert that does; empty for none.</param>
/// <param name="MutedBy">The mute time or maintenance that does; empty for none.</param>
public sealed record JudgedAlert(string Id, int Trail, string SilencedBy = "", string InhibitedBy = "", string MutedBy = "");

/// <summary>A changed tree moves alerts that fire: all of them in one entry.</summary>
/// <param name="Alerts">Where each goes now.</param>
[EventType("alerts.rerouted.v1")]
public sealed record AlertsRerouted(IReadOnlyList<AlertRouted> Alerts);

/// <summary>Groups are to be judged now, because what held their alerts back ended.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="FlushAt">When.</param>
/// <param name="Reason">Why.</param>
[EventType("alerts.groups-woken.v1")]
public sealed record GroupsWoken(IReadOnlyList<string> Groups, Instant FlushAt, string Reason);

/// <summary>A group is to be judged earlier than planned, because what held it back ended.</summary>
/// <param name="Group">The group.</param>
/// <param name="FlushAt">When.</param>
/// <param name="Reason">Why.</param>
[EventType("alerts.group-woken.v1")]
public sealed record GroupWoken(string Group, Instant FlushAt, string Reason);

/// <summary>A group was judged.</summary>
/// <param name="Group">The group.</param>
/// <param name="NextFlush">When it is judged again unless something happens; null for then only.</param>
/// <param name="Kept">Alerts that are over and stay in it, because they flap; null for none.</param>
[EventType("alerts.group-flushed.v1")]
public sealed record GroupFlushed(string Group, Instant? NextFlush, IReadOnlyList<string>? Kept = null);

/// <summary>Why somebody is told.</summary>
public enum NotificationCause
{
    /// <summary>The first notification of a thread.</summary>
    First,

    /// <summary>Further alerts joined.</summary>
    More,

    /// <summary>It still fires after the route's repeat time.</summary>
    Repeat,

    /// <summary>Told as over, and back within the re-open time.</summary>
    Reopened,

    /// <summary>Something ended.</summary>
    Resolved,
}

/// <summary>The end of the pipeline: somebody is to be told. Who and how is decided one floor up.</summary>
/// <param name="Id">The notification.</param>
/// <param name="Thread">Groups everything that belongs to one page, from first to resolved.</param>
/// <param name="Group">The group that was judged.</param>
/// <param name="Route">Its route.</param>
/// <param name="Cause">Why.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it; empty where the group has no service.</param>
/// <param name="Firing">Alerts that fire and are not silenced, by id.</param>
/// <param name="Resolved">Alerts that were told as firing and are over, by id.</param>
/// <param name="Ends">True where nothing of the thread fires any more.</param>
/// <param name="Escalation">The escalation policy that the route names; empty for the service's own.</param>
[EventType("alerts.notification-due.v1")]
public sealed record NotificationDue(
    string Id, string Thread, string Group, string Route, NotificationCause Cause, AlertSeverity Severity, string Service,
    IReadOnlyList<string> Firing, IReadOnlyList<string> Resolved, bool Ends, string Escalation = "");
