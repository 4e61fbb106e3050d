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
            - { name: phone, kind: sms, to: "+44 20 7946 0018" }
            - { name: call, kind: voice, to: "+44 20 7946 0018" }
            - { kind: webhook, to: "https://hooks.example.com/ada", secret: env:ADA_WEBHOOK_KEY }
            - { kind: email, to: ada@example.com }
          notify:
            page: [ { contact: push }, { contact: phone, after: 1m }, { contact: call, after: 3m } ]
            ticket: [ { contact: email } ]

        """;

    /// <inheritdoc />
    protected override Person Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Optional("spec");
        var contacts = ContactFields.Read(spec.Optional("contacts"));
        var notify = spec.Optional("notify");
        var page = NotifyFields.Read(notify.Optional("page"), contacts);
        var ticket = NotifyFields.Read(notify.Optional("ticket"), contacts);
        NotifyFields.CheckRings(notify.Optional("page"), page, contacts);
        return new(metadata.Id, metadata.Name, metadata.DisplayName, contacts, page, ticket, ReadZone(spec.Optional("timeZone")));
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
