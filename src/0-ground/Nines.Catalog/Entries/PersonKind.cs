using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Catalog.Entries;

/// <summary><c>nines/v1 Person</c>; kept sealed.</summary>
public sealed class PersonKind : ManifestKind<Person>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Person";

    /// <inheritdoc />
    public override string Summary => "A person whom Nines can call, and how. Kept encrypted with a key of their own.";

    /// <inheritdoc />
    public override bool Personal => true;

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Person
        metadata:
          name: ada
          displayName: Ada Lovelace
        spec:
          timeZone: Europe/London
          contacts:
            webhook: { url: "https://hooks.example.com/ada", secret: env:ADA_WEBHOOK_KEY }
            email: ada@example.com

        """;

    /// <inheritdoc />
    protected override Person Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Optional("spec");
        var contacts = spec.Optional("contacts");
        var webhook = ReadWebhook(contacts.Optional("webhook"));
        var email = ReadEmail(contacts.Optional("email"));
        if (!contacts.Optional("webhook").Given && !contacts.Optional("email").Given)
            contacts.Notes("Nines has no way to call this person.", "Write contacts: with webhook: or email:.");
        return new(metadata.Id, metadata.Name, metadata.DisplayName, webhook, email, ReadZone(spec.Optional("timeZone")));
    }

    private static WebhookContact? ReadWebhook(Field field)
    {
        if (!field.Given) return null;
        var written = field.Node is ManifestScalar ? field : field.Require("url", "Write url: with the address that takes the page.");
        var secret = field.Node is ManifestScalar ? null : field.Optional("secret").Secret();
        if (!written.Given) return null;
        // Basic credentials in the address would be a plain secret in a manifest.
        if (!Uri.TryCreate(written.Text(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            written.Wrong($"\"{written.Text()}\" is not an address that can be called.", "Write a whole URL that begins with https:// or http://.");
            return null;
        }

        if (url.UserInfo.Length == 0) return new(url, secret);
        written.Wrong("A secret must not stand in a manifest, but this address carries a password.", "Take it out; calls are signed with secret: env:NAME.");
        return null;
    }

    private static string? ReadEmail(Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && text.Length <= 254 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>')) return text;
        field.Wrong($"\"{text}\" is not an e-mail address.", "Write one such as name@example.com.");
        return null;
    }

    private static DateTimeZone? ReadZone(Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone) return zone;
        var meant = NearestName.Of(text, DateTimeZoneProviders.Tzdb.Ids);
        field.Wrong($"\"{text}\" is not an IANA time zone.", meant is null ? "Write one such as Europe/Berlin." : $"Did you mean {meant}?");
        return null;
    }
}
