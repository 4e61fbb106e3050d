using Nines.Catalog;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>All that a service's home shows.</summary>
/// <param name="Service">With its objectives, worst first.</param>
/// <param name="About">What it is, from its manifest.</param>
/// <param name="Facts">Owner, tier, links: a name, a value, and where it leads.</param>
/// <param name="DependsOn">Services it needs, with their state.</param>
/// <param name="NeededBy">Services that need it.</param>
public sealed record ServicePageModel(
    ServiceView Service, string About, IReadOnlyList<(string Name, string Value, string? Address)> Facts,
    IReadOnlyList<ServiceView> DependsOn, IReadOnlyList<ServiceView> NeededBy)
{
    public IReadOnlyList<DayLane> Lanes(long nowMs) => [DayLanes.Of(Service, nowMs)];

    /// <summary>Puts a service's figures and its catalog entry together.</summary>
    public static ServicePageModel For(ServiceView service, Service? entry, IReadOnlyList<ServiceView> all)
    {
        var by = all.ToDictionary(s => s.Name);
        IReadOnlyList<ServiceView> Known(IEnumerable<string>? names) => [.. (names ?? []).Select(n => by.GetValueOrDefault(n) ?? new ServiceView(n, n, "", "", []))];
        return new(service, entry?.Description ?? "", [.. FactsOf(service, entry)], Known(entry?.Upstream), Known(entry?.Downstream));
    }

    private static IEnumerable<(string Name, string Value, string? Address)> FactsOf(ServiceView service, Service? entry)
    {
        yield return ("Owner", service.Owner.Length > 0 ? service.Owner : "nobody yet", null);
        if (service.Tier.Length > 0) yield return ("Tier", service.Tier, null);
        if (entry is null) yield break;
        foreach (var (name, value) in new[] { ("Data", entry.DataClassification), ("Deploys", entry.DeploymentFrequency), ("Runs on", entry.Infra), ("Language", entry.Language), ("Traffic", entry.TrafficPattern) })
            if (value is { Length: > 0 }) yield return (name, value, null);
        foreach (var (name, link) in entry.Runbooks) yield return ($"Runbook, {name}", link.Host, link.ToString());
        foreach (var (name, link) in entry.Links) yield return (name, link.Host, link.ToString());
    }
}
