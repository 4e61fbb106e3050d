using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Catalog;

/// <summary>A person whom Nines can call. Kept sealed with the person's key; erasing the key erases the person.</summary>
/// <param name="Id">The opaque id that events carry; the handle while a manifest is only being checked.</param>
/// <param name="Name">The handle that manifests use.</param>
/// <param name="DisplayName">What people call them.</param>
/// <param name="Contacts">Ways to reach them, in the author's order; devices that take push are not among them, they sign up by themselves.</param>
/// <param name="NotifyPage">Which contact a page takes, and when; empty for the shipped order.</param>
/// <param name="NotifyTicket">The same for a ticket.</param>
/// <param name="Zone">Where their day begins and ends; null where nobody said so.</param>
public sealed record Person(
    string Id, string Name, string DisplayName, IReadOnlyList<PersonContact> Contacts, IReadOnlyList<NotificationStep> NotifyPage,
    IReadOnlyList<NotificationStep> NotifyTicket, DateTimeZone? Zone);

/// <summary>One way to reach a person.</summary>
/// <param name="Name">What the person calls it; its kind where the manifest gave no name. One of a kind each.</param>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="Address">Where it goes; for a kind whose address is itself a secret, where that secret is kept.</param>
/// <param name="Secret">Key, token or secret address; null for none.</param>
public sealed record PersonContact(string Name, string Kind, string Address, SecretReference? Secret);

/// <summary>One step of how a person wants to be told.</summary>
/// <param name="Contact">A contact's name, or a kind: then every contact of that kind.</param>
/// <param name="After">How long after the first moment.</param>
public sealed record NotificationStep(string Contact, Duration After);
