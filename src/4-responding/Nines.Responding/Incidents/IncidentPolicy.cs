using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>What a severity asks of the team.</summary>
/// <param name="Severity">Which.</param>
/// <param name="Means">What it means, in words.</param>
/// <param name="Respond">How soon somebody must be at it; null for the next business day.</param>
/// <param name="CheckIn">How often the commander asks everybody; null for never.</param>
public sealed record SeverityTarget(IncidentSeverity Severity, string Means, Duration? Respond, Duration? CheckIn);

/// <summary>One thing to do in a phase.</summary>
/// <param name="Key">Its short name, by which it is ticked off.</param>
/// <param name="Phase">In which phase.</param>
/// <param name="Text">What to do.</param>
public sealed record ChecklistItem(string Key, IncidentPhase Phase, string Text);

/// <summary>
/// How this house responds: the matrix, what each severity asks, the checklist, the ways to stop the bleeding, and how
/// long the indicators must be good before an incident is over. One a house; shipped as seeds 003 (phase 5) and 004 have it.
/// </summary>
public sealed record IncidentPolicy
{
    /// <summary>From impact to severity.</summary>
    public required SeverityMatrix Matrix { get; init; }

    /// <summary>What each severity asks, the worst first.</summary>
    public required ImmutableArray<SeverityTarget> Targets { get; init; }

    /// <summary>How long after a phase began it should be over; seed 003: detect 5 min, triage 15 min.</summary>
    public required ImmutableSortedDictionary<IncidentPhase, Duration> Deadlines { get; init; }

    /// <summary>What to do, in order.</summary>
    public required ImmutableArray<ChecklistItem> Checklist { get; init; }

    /// <summary>Ways to stop the bleeding, the fastest first.</summary>
    public required ImmutableArray<string> Mitigations { get; init; }

    /// <summary>So long the indicators must be good before an incident is resolved without a stated reason.</summary>
    public required Duration CleanFor { get; init; }

    /// <summary>Pages that become incidents by themselves; none ships.</summary>
    public ImmutableArray<DeclareRule> Declare { get; init; } = [];

    /// <summary>
    /// True where an incident is one level worse as soon as an objective that it burns has spent its whole budget: an
    /// agreement, which is always looser than the objective, is then about to break (seed 003: SLA breach imminent).
    /// </summary>
    public bool RaiseWhenSpent { get; init; } = true;

    /// <summary>What ships.</summary>
    public static IncidentPolicy Shipped { get; } = new()
    {
        Matrix = SeverityMatrix.Shipped,
        Targets =
        [
            new(IncidentSeverity.Sev1, "Critical: complete outage, data loss, security breach", Duration.FromMinutes(5), Duration.FromMinutes(15)),
            new(IncidentSeverity.Sev2, "High: a major feature is unavailable, or much slower", Duration.FromMinutes(15), Duration.FromMinutes(30)),
            new(IncidentSeverity.Sev3, "Medium: a minor feature, or slower", Duration.FromHours(1), null),
            new(IncidentSeverity.Sev4, "Low: cosmetic, minor", null, null),
        ],
        Deadlines = ImmutableSortedDictionary<IncidentPhase, Duration>.Empty
            .Add(IncidentPhase.Detect, Duration.FromMinutes(5)).Add(IncidentPhase.Triage, Duration.FromMinutes(10)),
        Checklist =
        [
            new("real", IncidentPhase.Detect, "Is it real? Which severity?"),
            new("roles", IncidentPhase.Triage, "Commander named, roles taken"),
            new("channel", IncidentPhase.Triage, "Channel open"),
            new("first-status", IncidentPhase.Triage, "First status posted"),
            new("brief", IncidentPhase.Respond, "Team briefed: what we know, what we do not"),
            new("changes", IncidentPhase.Respond, "Recent deploys, settings and dependencies looked at"),
            new("fastest", IncidentPhase.Mitigate, "Fastest way to stop the bleeding chosen"),
            new("said-mitigated", IncidentPhase.Mitigate, "Mitigated, and said so"),
            new("cause", IncidentPhase.Resolve, "Cause found and mended"),
            new("all-clear", IncidentPhase.Resolve, "All clear sent"),
        ],
        Mitigations = ["Roll back the last deployment", "Turn off a feature flag", "Shift traffic, fail over", "Scale up, open a circuit breaker", "Mend data by hand"],
        CleanFor = Duration.FromMinutes(30),
    };

    /// <summary>What a severity asks.</summary>
    public SeverityTarget Of(IncidentSeverity severity) => Targets.First(t => t.Severity == severity);
}
