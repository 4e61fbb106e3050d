using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>The kinds of contacts that Nines can reach; each is also the kind of its effects in the outbox.</summary>
public static class ContactKind
{
    /// <summary>Signed JSON over HTTP.</summary>
    public const string Webhook = "webhook";

    /// <summary>Mail over SMTP.</summary>
    public const string Email = "email";
}

/// <summary>One way to reach a person. Its address stays in memory: events and effects name it by <paramref name="Name"/>.</summary>
/// <param name="Name">Opaque: person, kind and number, as <c>alice/webhook/0</c>.</param>
/// <param name="Person">The person's name in the catalog.</param>
/// <param name="Kind"><see cref="ContactKind"/>.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Secret">Reads the signing secret anew at each use; null where the contact has none.</param>
public sealed record Contact(string Name, string Person, string Kind, string Address, Func<Outcome<string>>? Secret = null);

/// <summary>Looks contacts up in the people that a state knows.</summary>
public interface IContactBook
{
    /// <summary>Every contact of a person, in the order of its manifest; none for somebody unknown.</summary>
    IReadOnlyList<Contact> Of(HouseState state, string person);

    /// <summary>The contact of that name; null when it is gone.</summary>
    Contact? Find(HouseState state, string name);
}
