using NodaTime;

namespace Nines.Responding.StatusPages.Wire;

/// <summary>The page as the Statuspage API shapes it.</summary>
public sealed record WirePage(string Id, string Name, string Url, string TimeZone, Instant UpdatedAt);

/// <summary>All in one word: <c>none</c>, <c>minor</c>, <c>major</c>, <c>critical</c>.</summary>
public sealed record WireStatus(string Indicator, string Description);

/// <summary>A component, or a group of them.</summary>
public sealed record WireComponent
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it works.</summary>
    public required string Status { get; init; }

    /// <summary>Since when it is shown.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When something was last said of it.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>What it does; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>True: its days are shown.</summary>
    public bool Showcase { get; init; } = true;

    /// <summary>The first of its days.</summary>
    public string? StartDate { get; init; }

    /// <summary>The group in which it stands; null for none.</summary>
    public string? GroupId { get; init; }

    /// <summary>The page.</summary>
    public required string PageId { get; init; }

    /// <summary>True for a group.</summary>
    public bool Group { get; init; }

    /// <summary>Never: what works is shown, too.</summary>
    public bool OnlyShowIfDegraded { get; init; }

    /// <summary>What is in a group; null for no group.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Components { get; init; }
}

/// <summary>What an update said of a component.</summary>
public sealed record WireChange(string Code, string Name, string OldStatus, string NewStatus);

/// <summary>An update.</summary>
public sealed record WireUpdate(
    string Id, string Status, string Body, string IncidentId, Instant CreatedAt, Instant UpdatedAt, Instant DisplayAt, IReadOnlyList<WireChange>? AffectedComponents);

/// <summary>Something that is wrong, or announced work.</summary>
public sealed record WireIncident
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Status { get; init; }

    /// <summary>When it was published.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was published last.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>Since when it is watched.</summary>
    public Instant? MonitoringAt { get; init; }

    /// <summary>When it was over.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>How much it hurts; <c>maintenance</c> for announced work.</summary>
    public required string Impact { get; init; }

    /// <summary>Where it is read.</summary>
    public required string Shortlink { get; init; }

    /// <summary>Since when users feel it.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>The page.</summary>
    public required string PageId { get; init; }

    /// <summary>What was written, the newest first.</summary>
    public required IReadOnlyList<WireUpdate> IncidentUpdates { get; init; }

    /// <summary>What it is about, as it works now.</summary>
    public required IReadOnlyList<WireComponent> Components { get; init; }

    /// <summary>From when; only for announced work.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ScheduledFor { get; init; }

    /// <summary>Until when; only for announced work.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ScheduledUntil { get; init; }
}
