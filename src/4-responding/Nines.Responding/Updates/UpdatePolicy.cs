using System.Collections.Immutable;
using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>How often those who wait are told, and in which words. One a house.</summary>
/// <param name="Every">How long after one update the next is due; severities that are missing owe none.</param>
/// <param name="Templates">The texts; a house's own stand beside those that ship, or in their place where they have the same name.</param>
public sealed record UpdatePolicy(ImmutableSortedDictionary<IncidentSeverity, Duration> Every, ImmutableArray<UpdateTemplate> Templates)
{
    /// <summary>What ships: every half hour for SEV1, every hour for SEV2. The seed sets check-ins and no clock for updates; these are twice its check-ins.</summary>
    public static UpdatePolicy Shipped { get; } = new(
        ImmutableSortedDictionary<IncidentSeverity, Duration>.Empty.Add(IncidentSeverity.Sev1, Duration.FromMinutes(30)).Add(IncidentSeverity.Sev2, Duration.FromHours(1)), UpdateTemplate.Shipped);

    /// <summary>The policy of a set of manifests.</summary>
    public static UpdatePolicy Of(ManifestSet all) => all.Of<UpdatePolicy>().FirstOrDefault() ?? Shipped;

    /// <summary>How long until the next one; null where none is owed.</summary>
    public Duration? After(IncidentSeverity severity) => Every.TryGetValue(severity, out var every) ? every : null;
}
