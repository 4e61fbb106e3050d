using System.Collections.Frozen;

namespace Nines.Alerting.Integrations;

/// <summary>How an event of any shape becomes an alert: a template for each part. What a manifest leaves out is taken from <see cref="Automatic"/>.</summary>
internal sealed record EventMapping
{
    /// <summary>The list of which each item is an event; null for the body itself (or its items, where it is a list).</summary>
    public EventPath? Each { get; init; }

    /// <summary>One line.</summary>
    public required EventTemplate Title { get; init; }

    /// <summary>More about it.</summary>
    public required EventTemplate Details { get; init; }

    /// <summary>How bad.</summary>
    public required EventTemplate Severity { get; init; }

    /// <summary>Which service.</summary>
    public required EventTemplate Service { get; init; }

    /// <summary>What tells it from other alerts of the integration; the title where it renders nothing.</summary>
    public required EventTemplate Dedup { get; init; }

    /// <summary>The word that says whether it fires.</summary>
    public required EventTemplate State { get; init; }

    /// <summary>When it began.</summary>
    public required EventTemplate StartedAt { get; init; }

    /// <summary>Words of <see cref="State"/> that end it.</summary>
    public IReadOnlySet<string> Resolved { get; init; } = StateWords.Ends;

    /// <summary>Words of <see cref="State"/> that acknowledge it.</summary>
    public IReadOnlySet<string> Acknowledged { get; init; } = StateWords.Acknowledges;

    /// <summary>Words of <see cref="State"/> that mean nothing: the event is taken and left alone.</summary>
    public IReadOnlySet<string> Ignored { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Further labels.</summary>
    public IReadOnlyDictionary<string, EventTemplate> Labels { get; init; } = new Dictionary<string, EventTemplate>(StringComparer.Ordinal);

    /// <summary>Links, by name; <c>runbook</c> and <c>source</c> have a meaning of their own.</summary>
    public IReadOnlyDictionary<string, EventTemplate> Links { get; init; } = new Dictionary<string, EventTemplate>(StringComparer.Ordinal);

    /// <summary>True where labels are also taken from the fields <c>labels</c> and <c>tags</c>.</summary>
    public bool TakesLabels { get; init; }

    /// <summary>
    /// The names that senders commonly use. A field called <c>id</c> is not among the keys: with most senders it names
    /// the event, not the trouble, and an end would never find its beginning.
    /// </summary>
    public static EventMapping Automatic { get; } = new()
    {
        Title = EventTemplate.Of("{{title | summary | subject | annotations.summary | labels.alertname | alertname | alert_name | ruleName | rule | check | name | event.title | message | text | msg | description}}"),
        Details = EventTemplate.Of("{{details | description | body | annotations.description | message | text | msg | output | reason}}"),
        Severity = EventTemplate.Of("{{severity | labels.severity | level | priority | urgency | criticality | labels.priority}}"),
        Service = EventTemplate.Of("{{service | labels.service | service.name | service_name | application | app | component}}"),
        Dedup = EventTemplate.Of("{{dedup_key | dedupKey | dedup | alias | fingerprint | incident_key | entity_id | alert_uid | alert_id | alertId | problem_id | trigger_id | check_id | incident_id}}"),
        State = EventTemplate.Of("{{state | status | event_action | action | alert_state | current_state}}"),
        StartedAt = EventTemplate.Of("{{startsAt | started_at | start_time | timestamp | time | date}}"),
        Links = new Dictionary<string, EventTemplate>(StringComparer.Ordinal)
        {
            ["runbook"] = EventTemplate.Of("{{runbook | runbook_url | runbookUrl | annotations.runbook_url | annotations.runbook}}"),
            ["source"] = EventTemplate.Of("{{url | link | href | generatorURL | alert_url | incident_url | dashboard_url | externalURL}}"),
        },
        TakesLabels = true,
    };
}
