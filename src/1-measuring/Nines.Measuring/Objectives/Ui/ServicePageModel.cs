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
}
