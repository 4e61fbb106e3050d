using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>Contacts from the catalog's people.</summary>
public sealed class CatalogContacts(CompiledManifests manifests) : IContactBook
{
    /// <inheritdoc />
    public IReadOnlyList<Contact> Of(HouseState state, string person) =>
        Person(state, p => p.Name == person || p.Id == person) is { } found ? All(found) : [];

    /// <inheritdoc />
    public Contact? Find(HouseState state, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? name : name[..slash];
        return Person(state, p => p.Id == id) is { } person ? All(person).FirstOrDefault(c => c.Name == name) : null;
    }

    private Person? Person(HouseState state, Func<Person, bool> which) => manifests.For(state).Of<Person>().FirstOrDefault(which);

    private static List<Contact> All(Person person)
    {
        var all = new List<Contact>(2);
        if (person.Webhook is { } webhook)
            all.Add(new($"{person.Id}/{ContactKind.Webhook}", person.Id, ContactKind.Webhook, webhook.Url.AbsoluteUri, webhook.Secret is { } secret ? () => SecretResolver.Resolve(secret) : null));
        if (person.Email is { } email) all.Add(new($"{person.Id}/{ContactKind.Email}", person.Id, ContactKind.Email, email));
        return all;
    }
}
