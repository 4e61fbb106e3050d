using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>Who trains, and how often. One a house.</summary>
/// <param name="Every">After so long without a drill somebody is overdue.</param>
/// <param name="Teams">Whose people train; empty for everybody who can be called.</param>
public sealed record DrillPolicy(Duration Every, IReadOnlyList<string> Teams)
{
    /// <summary>What ships: everybody who can be called, every 90 days.</summary>
    public static DrillPolicy Shipped { get; } = new(Duration.FromDays(90), []);

    /// <summary>True where that person trains.</summary>
    public bool Trains(Person person, CatalogView catalog) => Teams.Count == 0
        ? person.Contacts.Count > 0
        : catalog.Teams.Any(t => Teams.Contains(t.Name, StringComparer.Ordinal) && t.Members.Contains(person.Name, StringComparer.Ordinal));
}

/// <summary>Who trains: as the house's manifest says, or as shipped.</summary>
public static class DrillPolicies
{
    /// <summary>The policy of a set of manifests.</summary>
    public static DrillPolicy Of(ManifestSet all) => all.Of<DrillPolicy>().FirstOrDefault() ?? DrillPolicy.Shipped;
}
