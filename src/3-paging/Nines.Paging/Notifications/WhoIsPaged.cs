using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Notifications;

/// <summary>Who is called, and why them.</summary>
/// <param name="People">Ids of persons; empty where nobody can be reached.</param>
/// <param name="Reason">One or more sentences, shown to whoever is called.</param>
public sealed record Called(IReadOnlyList<string> People, string Reason);

/// <summary>
/// Who hears about a service: its owner, its owning team's lead, else every member; when nobody can be reached, whoever
/// owns Nines, said aloud. Tickets go by it, and escalation where a service has no schedule.
/// </summary>
public static class WhoIsPaged
{
    // The service of the catalog whose owner owns this installation, unless the settings name somebody.
    private const string OwnService = "nines";

    /// <summary>Who is called for a service.</summary>
    /// <param name="service">Its name; may be unknown or empty.</param>
    /// <param name="catalog">Services, teams and people.</param>
    /// <param name="ninesOwner">Person or team that the settings name as the owner of Nines; empty for none.</param>
    /// <param name="hasContact">True where there is any way to reach a person.</param>
    public static Called For(string service, ManifestSet catalog, string ninesOwner, Func<Person, bool> hasContact)
    {
        var owner = Owner(service, catalog, hasContact);
        if (owner.People.Count > 0) return owner;
        var last = LastResort(catalog, ninesOwner, hasContact);
        return last with { Reason = $"{owner.Reason} {last.Reason}" };
    }

    /// <summary>Whoever owns Nines.</summary>
    public static Called LastResort(ManifestSet catalog, string ninesOwner, Func<Person, bool> hasContact)
    {
        if (ninesOwner.Length > 0)
        {
            var named = catalog.Find<Person>(ninesOwner) is not null ? Person(ninesOwner, "Nines", catalog, hasContact) : Team(ninesOwner, "Nines", catalog, hasContact);
            return named.People.Count > 0
                ? named with { Reason = $"So whoever owns Nines is called: {named.Reason}" }
                : new([], $"{named.Reason} Nobody can be called: mend notifications:owner.");
        }

        var own = catalog.Find<Service>(OwnService) is null ? new([], "") : Owner(OwnService, catalog, hasContact);
        return own.People.Count > 0
            ? own with { Reason = $"So whoever owns Nines is called: {own.Reason}" }
            : new([], "Nobody owns Nines, so nobody is called: set notifications:owner, or describe the service nines in the catalog.");
    }

    /// <summary>A service's owner: the person, the team's lead, or every member; nobody, with the reason, where none can be reached.</summary>
    public static Called Owner(string service, ManifestSet catalog, Func<Person, bool> hasContact)
    {
        if (service.Length == 0) return new([], "The alert names no service.");
        if (catalog.Find<Service>(service) is not { } entry) return new([], $"{service} is not in the catalog.");
        if (entry.OwnerPerson is { } person) return Person(person, service, catalog, hasContact);
        return entry.OwnerTeam is { } team ? Team(team, service, catalog, hasContact) : new([], $"{service} has no owner in the catalog.");
    }

    private static Called Person(string name, string service, ManifestSet catalog, Func<Person, bool> hasContact) => Reach(name, catalog, hasContact) is { } id
        ? new([id], $"{name} owns {service}.")
        : new([], $"{name} owns {service}, but has no contact.");

    private static Called Team(string name, string service, ManifestSet catalog, Func<Person, bool> hasContact)
    {
        if (catalog.Find<Team>(name) is not { } team) return new([], $"{service} belongs to {name}, which is not in the catalog.");
        if (team.Lead is { } lead && Reach(lead, catalog, hasContact) is { } leads) return new([leads], $"{lead} leads {name}, which owns {service}.");
        string[] members = [.. team.Members.Select(m => Reach(m, catalog, hasContact)).OfType<string>().Distinct(StringComparer.Ordinal)];
        var noLead = team.Lead is null ? "has no lead" : $"is led by {team.Lead}, who has no contact";
        return members.Length > 0
            ? new(members, $"{name} owns {service} and {noLead}, so every member is called.")
            : new([], $"{name} owns {service}, but none of its people has a contact.");
    }

    /// <summary>The id of a person with a contact, written in the manifest or signed up by themselves; null for anybody else.</summary>
    internal static string? Reach(string name, ManifestSet catalog, Func<Person, bool> hasContact) =>
        catalog.Find<Person>(name) is { } person && hasContact(person) ? person.Id : null;
}
