using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels.Push;

namespace Nines.Paging.Channels;

/// <summary>Contacts from the catalog's people, and from the browsers that they signed up.</summary>
public sealed class CatalogContacts(CompiledManifests manifests, IPersonKeys keys) : IContactBook
{
    /// <inheritdoc />
    public IReadOnlyList<Contact> Of(HouseState state, string person) =>
        Person(state, p => p.Name == person || p.Id == person) is { } found ? All(state, found) : [];

    /// <inheritdoc />
    public IReadOnlyList<Contact> Of(HouseState state, Person person) => All(state, person);

    /// <inheritdoc />
    public Contact? Find(HouseState state, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? name : name[..slash];
        return Person(state, p => p.Id == id) is { } person ? All(state, person).FirstOrDefault(c => c.Name == name) : null;
    }

    private Person? Person(HouseState state, Func<Person, bool> which) => manifests.For(state).Of<Person>().FirstOrDefault(which);

    private List<Contact> All(HouseState state, Person person)
    {
        var book = state.Get<ChannelBook>();
        var key = keys.Find(person.Id);
        return [.. Devices(book, person, key), .. person.Contacts.Select(c => Contact(c, person, book, key))];
    }

    private static Contact Contact(PersonContact written, Person person, ChannelBook book, byte[]? key)
    {
        var name = $"{person.Id}/{written.Name}";
        return new(
            name, person.Id, written.Kind, written.Address, written.Secret is { } secret ? () => SecretResolver.Resolve(secret) : null,
            book.IsVerified(name, AddressHash.Of(key, written.Kind, written.Address)));
    }

    /// <summary>What rings quickest comes first.</summary>
    private static IEnumerable<Contact> Devices(ChannelBook book, Person person, byte[]? key)
    {
        foreach (var device in book.Devices.Values)
        {
            if (device.Person != person.Id || PersonSeal.Open(key, device.Sealed) is not { } text || PushAddress.Read(text) is not { } address) continue;
            var name = $"{person.Id}/{device.ContactName}";
            yield return new(name, person.Id, ContactKinds.Push, address.Endpoint, () => text, book.IsVerified(name, device.AddressHash));
        }
    }
}
