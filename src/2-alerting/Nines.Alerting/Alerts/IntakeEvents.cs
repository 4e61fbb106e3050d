using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>One call brought alerts that fire and did not before: all of them, through dedup, route and group, in one entry.</summary>
/// <param name="Alerts">What is new or fires again.</param>
/// <param name="Trails">What the three stages said; alerts of which they said the same share one.</param>
[EventType("alerts.taken.v1")]
public sealed record AlertsTaken(IReadOnlyList<AlertTaken> Alerts, IReadOnlyList<IReadOnlyList<Verdict>> Trails);

/// <summary>One alert that was taken.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Again">True where an alert that had ended fires again.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Source">Who found it.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Annotations">Runbook and links.</param>
/// <param name="GeneratorUrl">Where the sender shows it; empty where it does not say.</param>
/// <param name="EndsAt">When it ends unless it is sent again; null for when somebody says so.</param>
/// <param name="TimesOut">True where that end was made from the resolve timeout.</param>
/// <param name="Route">The route that took it.</param>
/// <param name="Group">The group that it joined.</param>
/// <param name="FlushAt">When the group is judged.</param>
/// <param name="Trail">Which of the trails is its own.</param>
/// <param name="Also">Further groups, where branches of the tree continue; null for none.</param>
[JsonConverter(typeof(AlertTakenJson))]
public sealed record AlertTaken(
    string Id, bool Again, AlertLabels Labels, AlertSeverity Severity, string Source, string Service, string Title, string Reason, Instant StartedAt,
    ImmutableSortedDictionary<string, string> Annotations, string GeneratorUrl, Instant? EndsAt, bool TimesOut, string Route, string Group, Instant FlushAt, int Trail,
    IReadOnlyList<FurtherGroup>? Also = null);

/// <summary>A further group of an alert.</summary>
/// <param name="Route">Its route.</param>
/// <param name="Group">The group.</param>
/// <param name="FlushAt">When it is judged.</param>
public sealed record FurtherGroup(string Route, string Group, Instant FlushAt);

/// <summary>Somebody is at an alert.</summary>
/// <param name="Id">The alert.</param>
/// <param name="By">The person's id, or a door's word.</param>
/// <param name="Via">How it was said: a channel, a page, a door.</param>
[EventType("alerts.acknowledged.v1")]
public sealed record AlertAcknowledged(string Id, string By, string Via);

/// <summary>Nobody is at an alert any more.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Reason">Why.</param>
[EventType("alerts.unacknowledged.v1")]
public sealed record AlertUnacknowledged(string Id, string Reason);
