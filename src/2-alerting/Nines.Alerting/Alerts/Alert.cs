using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>One alert, from its first report to a while after its end.</summary>
public sealed record Alert
{
    /// <summary>So many verdicts are kept in memory; the journal's stream has all.</summary>
    public const int TrailKept = 32;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What identifies it.</summary>
    public required AlertLabels Labels { get; init; }

    /// <summary>How loud.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Who found it.</summary>
    public required string Source { get; init; }

    /// <summary>The service whose users feel it; empty where nobody said.</summary>
    public required string Service { get; init; }

    /// <summary>One line: what burns.</summary>
    public required string Title { get; init; }

    /// <summary>The arithmetic behind it, or behind its end.</summary>
    public required string Reason { get; init; }

    /// <summary>When it began.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What helps whoever is woken.</summary>
    public required ImmutableSortedDictionary<string, string> Annotations { get; init; }

    /// <summary>Where its sender shows it; empty where it does not say.</summary>
    public string GeneratorUrl { get; init; } = "";

    /// <summary>When it ends unless it is sent again, as far as the journal knows; null for when somebody says so.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>True where that end was made from the resolve timeout, not said by the sender.</summary>
    public bool TimesOut { get; init; }

    /// <summary>When it was last heard of, as far as the journal knows.</summary>
    public Instant HeardAt { get; init; }

    /// <summary>Who is at it: a person's id, or a door's word; empty for nobody.</summary>
    public string AcknowledgedBy { get; init; } = "";

    /// <summary>Since when somebody is at it; null for nobody.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>The route that took it.</summary>
    public string Route { get; init; } = "";

    /// <summary>The group that it travels in.</summary>
    public string Group { get; init; } = "";

    /// <summary>The thread of notifications in which it was last told; empty before.</summary>
    public string Thread { get; init; } = "";

    /// <summary>How often it opened again after an end.</summary>
    public int Reopened { get; init; }

    /// <summary>The silence that held it back when it was last judged; empty for none.</summary>
    public string SilencedBy { get; init; } = "";

    /// <summary>The alert that held it back when it was last judged; empty for none.</summary>
    public string InhibitedBy { get; init; } = "";

    /// <summary>The mute time or maintenance that held it back when it was last judged; empty for none.</summary>
    public string MutedBy { get; init; } = "";

    /// <summary>Further groups that it travels in, where branches of the tree continue.</summary>
    public ImmutableList<string> AlsoIn { get; init; } = [];

    /// <summary>When it opened again, the newest last; bounded.</summary>
    public ImmutableList<Instant> Openings { get; init; } = [];

    /// <summary>What each stage said, as it is kept: what names the alert itself is filled in when it is shown, so that alerts of one call share a list.</summary>
    public IReadOnlyList<Verdict> Said { get; init; } = [];

    /// <summary>What each stage said, the newest last.</summary>
    [JsonIgnore]
    public ImmutableList<Verdict> Trail => [.. Said.Select(v => v.About(Labels, Group))];

    /// <summary>True while it fires.</summary>
    public bool Firing => EndedAt is null;

    /// <summary>True where a group is one of its own.</summary>
    public bool TravelsIn(string group) => Group == group || AlsoIn.Contains(group, StringComparer.Ordinal);

    internal Alert Reopen(string reason, Instant at)
    {
        var openings = Openings.Add(at);
        return this with { EndedAt = null, Reason = reason, AcknowledgedBy = "", AcknowledgedAt = null, Reopened = Reopened + 1, Openings = openings.Count <= FlapRule.Remembered ? openings : openings.RemoveAt(0) };
    }

    internal Alert Judged(IReadOnlyList<Verdict> verdicts)
    {
        if (Said.Count == 0) return this with { Said = verdicts };
        var skip = Math.Max(0, Said.Count + verdicts.Count - TrailKept);
        return this with { Said = [.. Said.Skip(skip), .. verdicts] };
    }

    /// <summary>The alert before it changes its group: what was said about the old one stays said about that.</summary>
    internal Alert LeavingItsGroup() => this with { Said = Trail };

    /// <summary>What a stage said last; null where it has said nothing.</summary>
    internal Verdict? Last(Stage stage)
    {
        for (var i = Said.Count - 1; i >= 0; i--)
            if (Said[i].Stage == stage) return Said[i];
        return null;
    }
}
