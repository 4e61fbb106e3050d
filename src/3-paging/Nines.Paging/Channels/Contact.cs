using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>The kinds of contacts that Nines can reach; each is also the kind of its effects in the outbox.</summary>
public static class ContactKind
{
    /// <summary>Signed JSON over HTTP.</summary>
    public const string Webhook = ContactKinds.Webhook;

    /// <summary>Mail over SMTP.</summary>
    public const string Email = ContactKinds.Email;
}

/// <summary>One way to reach a person. Its address stays in memory: events and effects name it by <paramref name="Name"/>.</summary>
/// <param name="Name">Opaque: person and the contact's own name, as <c>01jd…/email</c>.</param>
/// <param name="Person">The person's opaque id.</param>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Secret">Reads the key, token or secret address anew at each use; null where the contact has none.</param>
/// <param name="Verified">True where it proved to be that person's, with this address.</param>
public sealed record Contact(string Name, string Person, string Kind, string Address, Func<Outcome<string>>? Secret = null, bool Verified = false)
{
    /// <summary>The contact's name among the person's.</summary>
    public string ShortName => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

/// <summary>Looks contacts up in the people that a state knows.</summary>
public interface IContactBook
{
    /// <summary>Every contact of a person, in the order of its manifest; none for somebody unknown.</summary>
    IReadOnlyList<Contact> Of(HouseState state, string person);

    /// <summary>Every contact that a description of a person gives, a planned one's too.</summary>
    IReadOnlyList<Contact> Of(HouseState state, Person person);

    /// <summary>The contact of that name; null when it is gone.</summary>
    Contact? Find(HouseState state, string name);

    /// <summary>True where there is any way to reach somebody: one that their description names, or a device that they signed up.</summary>
    bool Reaches(HouseState state, Person person) => person.Contacts.Count > 0 || Of(state, person).Count > 0;
}
