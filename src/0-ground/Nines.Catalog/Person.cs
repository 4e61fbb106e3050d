using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Catalog;

/// <summary>A person whom Nines can call. Kept sealed with the person's key; erasing the key erases the person.</summary>
/// <param name="Id">The opaque id that events carry; the handle while a manifest is only being checked.</param>
/// <param name="Name">The handle that manifests use.</param>
/// <param name="DisplayName">What people call them.</param>
/// <param name="Webhook">A webhook to call; null for none.</param>
/// <param name="Email">An address; null for none.</param>
/// <param name="Zone">Where their day begins and ends; null where nobody said so.</param>
public sealed record Person(string Id, string Name, string DisplayName, WebhookContact? Webhook, string? Email, DateTimeZone? Zone);

/// <summary>A webhook that takes pages.</summary>
/// <param name="Url">http or https.</param>
/// <param name="Secret">The key of the HMAC signature; null for unsigned calls.</param>
public sealed record WebhookContact(Uri Url, SecretReference? Secret);
