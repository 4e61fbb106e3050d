using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// What a node holds in memory about alerts that are sent again and again, at most once per half resolve timeout: every
/// alert that has an end holds until <paramref name="Until"/> at least, those in <paramref name="Earlier"/> until their
/// own. So fifty thousand alerts that are all sent again every minute are one short entry, not 72 million a day.
/// </summary>
/// <param name="Node">The process that heard of them.</param>
/// <param name="Until">How long the others hold at least.</param>
/// <param name="Earlier">Those that end earlier unless they are sent again.</param>
/// <param name="Words">What senders now say of alerts that fire; bounded, the rest follows.</param>
[EventType("alerts.renewed.v1")]
public sealed record AlertsRenewed(string Node, Instant Until, IReadOnlyList<AlertEnd> Earlier, IReadOnlyList<AlertWords> Words);

/// <summary>When an alert ends unless it is sent again.</summary>
/// <param name="Id">The alert.</param>
/// <param name="EndsAt">When.</param>
public sealed record AlertEnd(string Id, Instant EndsAt);

/// <summary>What a sender says of an alert, as it said it last.</summary>
/// <param name="Id">The alert.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="Annotations">Runbook and links.</param>
/// <param name="GeneratorUrl">Where the sender shows it.</param>
public sealed record AlertWords(
    string Id, Instant StartedAt, string Title, string Reason, ImmutableSortedDictionary<string, string> Annotations, string GeneratorUrl);

/// <summary>Ends that had come were looked at; what was over has ended in the same commit.</summary>
/// <param name="Next">No alert ends before; null where none has an end.</param>
[EventType("alerts.ends-checked.v1")]
public sealed record AlertEndsChecked(Instant? Next);
