namespace Nines.Catalog;

/// <summary>One service as pages and commands show it: both its manifests together, its people, its neighbours.</summary>
/// <param name="Service">The entry; made from the OpenSLO one where there is no other.</param>
/// <param name="Owners">People who are called for it: the lead first, then the team's other members.</param>
/// <param name="OwnerName">The team or person as people call it; null where nobody owns it.</param>
/// <param name="DependsOn">Services that it calls, by both sides' word.</param>
/// <param name="UsedBy">Services that call it, by both sides' word.</param>
public sealed record ServiceView(Service Service, IReadOnlyList<Person> Owners, string? OwnerName, IReadOnlyList<string> DependsOn, IReadOnlyList<string> UsedBy);
