using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What a sender wants done.</summary>
public enum DoorAction
{
    /// <summary>Something fires, or still does.</summary>
    Fire,

    /// <summary>It is over.</summary>
    End,

    /// <summary>Somebody is at it.</summary>
    Acknowledge,

    /// <summary>Nobody is at it any more.</summary>
    Unacknowledge,

    /// <summary>Not before a time: quiet until then.</summary>
    Snooze,

    /// <summary>Nothing changes (a note, an informational message).</summary>
    Tell,
}

/// <summary>What a sender said about one alert, in one form for every format: the answer of each reader.</summary>
public sealed record DoorEvent
{
    /// <summary>What is to be done.</summary>
    public required DoorAction Action { get; init; }

    /// <summary>What the sender calls it (dedup key, alias, entity); empty where its labels identify it.</summary>
    public string Key { get; init; } = "";

    /// <summary>One line.</summary>
    public string Title { get; init; } = "";

    /// <summary>More about it.</summary>
    public string Details { get; init; } = "";

    /// <summary>The sender's own word of how bad it is; empty where it said none.</summary>
    public string Severity { get; init; } = "";

    /// <summary>The service that the sender names; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>Words that may be a service: the first that the catalog has is taken.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>When it began; null for now.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When it ended, or until when it is snoozed; null for now.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>What identifies it besides the key.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What helps: links, details.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the sender shows it; empty for nowhere.</summary>
    public string GeneratorUrl { get; init; } = "";

    /// <summary>Who did it, as the sender writes it; never kept, only compared with the catalog.</summary>
    public string By { get; init; } = "";
}
