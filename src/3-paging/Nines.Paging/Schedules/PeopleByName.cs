using Nines.Catalog;

namespace Nines.Paging.Schedules;

/// <summary>Whom a calendar means: a handle, a display name, or a mail address, in any letter case.</summary>
public static class PeopleByName
{
    /// <summary>Answers the handle of whoever is called so; null for nobody.</summary>
    public static Func<string, string?> Of(CatalogView catalog)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in catalog.People) names.TryAdd(person.Name, person.Name);
        foreach (var person in catalog.People)
        {
            names.TryAdd(person.DisplayName, person.Name);
            foreach (var contact in person.Contacts.Where(c => c.Kind == "email")) names.TryAdd(contact.Address, person.Name);
        }

        return name => names.GetValueOrDefault(name.Trim());
    }
}
