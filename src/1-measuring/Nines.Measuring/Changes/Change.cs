using System.Collections.Immutable;
using NodaTime;

namespace Nines.Measuring.Changes;

/// <summary>What sort of change it was.</summary>
public enum ChangeKind
{
    /// <summary>A new version went out.</summary>
    Deploy,

    /// <summary>An earlier version came back.</summary>
    Rollback,

    /// <summary>Settings changed.</summary>
    Config,

    /// <summary>A flag was turned.</summary>
    Flag,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Something that somebody changed on purpose: the first suspect when a budget burns.</summary>
public sealed record Change
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What sort.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The service that changed; empty for all or an unknown one.</summary>
    public string Service { get; init; } = "";

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What it is now: a version, a commit, a flag's value.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where, such as <c>production</c> or <c>eu</c>; empty where nobody said.</summary>
    public string Stage { get; init; } = "";

    /// <summary>When it began.</summary>
    public required Instant At { get; init; }

    /// <summary>When it was through; null where it took no time, or nobody said.</summary>
    public Instant? Until { get; init; }

    /// <summary>Which program or door told of it.</summary>
    public string Source { get; init; } = "";

    /// <summary>The person who did it, by opaque id; empty where the catalog knows nobody of that name.</summary>
    public string By { get; init; } = "";

    /// <summary>The sender's own key; what comes again with it changes nothing. Empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Where to read more, by name.</summary>
    public ImmutableSortedDictionary<string, string> Links { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The word of a kind in JSON, filters and commands.</summary>
    public static string WordOf(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
