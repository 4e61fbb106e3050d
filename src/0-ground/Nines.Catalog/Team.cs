namespace Nines.Catalog;

/// <summary>A team: members and a lead.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it cares for.</param>
/// <param name="Lead">A member's handle; null where there is none.</param>
/// <param name="Members">Handles of persons.</param>
/// <param name="Labels">For filtering.</param>
/// <param name="Oncall">Escalation policy or schedule of its services that name none; null for none.</param>
public sealed record Team(
    string Name, string DisplayName, string Description, string? Lead, IReadOnlyList<string> Members, IReadOnlyDictionary<string, string> Labels,
    string? Oncall = null);
