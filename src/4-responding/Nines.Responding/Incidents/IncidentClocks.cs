using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>The clocks of an incident (semantics.md 9), and the differences that have a name. What is not known is null.</summary>
/// <param name="ImpactFrom">Users begin to feel it.</param>
/// <param name="ImpactUntil">Users feel it no more, as far as known.</param>
/// <param name="Detected">The earlier of alert and report.</param>
/// <param name="Declared">Declared.</param>
/// <param name="Paged">The first page left.</param>
/// <param name="Acknowledged">Somebody took it on.</param>
/// <param name="Engaged">The first role was taken.</param>
/// <param name="Mitigated">Users feel it no more, somebody says.</param>
/// <param name="Resolved">Over.</param>
public sealed record IncidentClocks(
    Instant? ImpactFrom, Instant? ImpactUntil, Instant Detected, Instant Declared, Instant? Paged, Instant? Acknowledged, Instant? Engaged, Instant? Mitigated, Instant? Resolved)
{
    /// <summary>Detected − impact start.</summary>
    public Duration? ToDetect => Detected - ImpactFrom;

    /// <summary>Acknowledged − paged.</summary>
    public Duration? ToAcknowledge => Acknowledged - Paged;

    /// <summary>Engaged − detected.</summary>
    public Duration? ToRespond => Engaged - Detected;

    /// <summary>Mitigated − detected.</summary>
    public Duration? ToMitigate => Mitigated - Detected;

    /// <summary>Impact end − impact start: how long users felt it.</summary>
    public Duration? ToRestore => ImpactUntil - ImpactFrom;

    /// <summary>Resolved − detected.</summary>
    public Duration? ToResolve => Resolved - Detected;

    /// <summary>The clocks of an incident.</summary>
    public static IncidentClocks Of(Incident incident, IReadOnlyList<MeasuredImpact> measured) => new(
        measured.Count > 0 ? measured.Min(m => m.From) : null, measured.Count > 0 ? measured.Max(m => m.Until) : null,
        incident.DetectedAt, incident.DeclaredAt, incident.PagedAt, incident.AcknowledgedAt, incident.EngagedAt, incident.MitigatedAt, incident.ResolvedAt);
}
