using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What was published about something that is wrong.</summary>
public sealed record Post
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required PostStatus Status { get; init; }

    /// <summary>How much it hurts.</summary>
    public required PostImpact Impact { get; init; }

    /// <summary>Since when users feel it.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>When it was published.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was published last.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>Since when it is watched; null before.</summary>
    public Instant? MonitoringAt { get; init; }

    /// <summary>When it was over; null before.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>Id of the house's own incident; empty for none. Nobody outside sees it.</summary>
    public string Incident { get; init; } = "";

    /// <summary>What is said of components, by key.</summary>
    public ImmutableSortedDictionary<string, ComponentStatus> Components { get; init; } = ImmutableSortedDictionary.Create<string, ComponentStatus>(StringComparer.Ordinal);

    /// <summary>What was written, oldest first.</summary>
    public ImmutableList<PostUpdate> Updates { get; init; } = [];

    /// <summary>True until it is over.</summary>
    public bool Open => ResolvedAt is null;

    /// <summary>The post after an update; what is over leaves every component working.</summary>
    public Post With(string update, PostStatus status, PostImpact impact, IReadOnlyList<ComponentSaid> said, string body, Instant at)
    {
        var next = said.Aggregate(Components, (all, one) => all.SetItem(one.Key, one.Status));
        if (status == PostStatus.Resolved) next = next.SetItems(next.Keys.Select(k => KeyValuePair.Create(k, ComponentStatus.Operational)).ToArray());
        var changed = next.Where(c => Components.GetValueOrDefault(c.Key) != c.Value || said.Any(s => s.Key == c.Key))
            .Select(c => new ComponentChange(c.Key, Components.GetValueOrDefault(c.Key), c.Value));
        return this with
        {
            Status = status,
            Impact = impact,
            UpdatedAt = at,
            MonitoringAt = status == PostStatus.Monitoring ? MonitoringAt ?? at : MonitoringAt,
            ResolvedAt = status switch { PostStatus.Resolved => at, PostStatus.Postmortem => ResolvedAt, _ => null },
            Components = next,
            Updates = Updates.Add(new(update, StatusWords.Wire(status), body, at, [.. changed])),
        };
    }
}

/// <summary>What was written once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stood, as programs read it.</param>
/// <param name="Body">What was written.</param>
/// <param name="At">When.</param>
/// <param name="Components">What it said of components.</param>
/// <param name="Among">What the page had when subscribers were told; null before, and where nobody had chosen.</param>
public sealed record PostUpdate(string Id, string Status, string Body, Instant At, ImmutableArray<ComponentChange> Components, ImmutableArray<string>? Among = null);

/// <summary>What was said of a component.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Old">Before.</param>
/// <param name="New">Since then.</param>
public sealed record ComponentChange(string Key, ComponentStatus Old, ComponentStatus New);

/// <summary>Where announced work stands.</summary>
public enum MaintenanceStatus
{
    /// <summary>It is announced.</summary>
    Scheduled,

    /// <summary>It is done now.</summary>
    InProgress,

    /// <summary>It is done.</summary>
    Completed,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>Announced work.</summary>
public sealed record Maintenance
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>What users notice.</summary>
    public required string Body { get; init; }

    /// <summary>Keys of what is worked on.</summary>
    public ImmutableArray<string> Components { get; init; } = [];

    /// <summary>From when.</summary>
    public required Instant From { get; init; }

    /// <summary>Until when.</summary>
    public required Instant Until { get; init; }

    /// <summary>Where it stands.</summary>
    public MaintenanceStatus Status { get; init; }

    /// <summary>When it was announced.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was published last.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>When it began; null before.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When it was done, or called off; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Rises with each change: calendars take no change without (RFC 5545, 3.8.7.4).</summary>
    public int Sequence { get; init; }

    /// <summary>What was written, oldest first.</summary>
    public ImmutableList<PostUpdate> Updates { get; init; } = [];

    /// <summary>True until it is done or called off.</summary>
    public bool Open => Status is MaintenanceStatus.Scheduled or MaintenanceStatus.InProgress;

    /// <summary>Its status as programs read it: <c>in_progress</c>.</summary>
    public static string Wire(MaintenanceStatus status) => status == MaintenanceStatus.InProgress ? "in_progress" : StatusWords.Wire(status);

    internal Maintenance Becomes(MaintenanceStatus status, string update, string body, Instant at)
    {
        var (old, now) = (On(Status), On(status));
        return this with
        {
            Status = status,
            UpdatedAt = at,
            Sequence = Sequence + 1,
            Updates = Updates.Add(new(update, Wire(status), body, at, [.. Components.Select(c => new ComponentChange(c, old, now))])),
        };

        static ComponentStatus On(MaintenanceStatus status) => status == MaintenanceStatus.InProgress ? ComponentStatus.UnderMaintenance : ComponentStatus.Operational;
    }
}
