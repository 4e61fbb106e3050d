using Nines.Catalog.Manifests;

namespace Nines.Catalog.Entries;

/// <summary>
/// Reads a person's contacts: a list of <c>{name, kind, to, secret}</c>, or the short form with one field a kind
/// (<c>contacts: { email: a@example.com }</c>).
/// </summary>
internal static class ContactFields
{
    // A person with more ways than this is a mailing list; every way is tried for every page.
    private const int Most = 20;

    private const int LongestName = 40;

    public static IReadOnlyList<PersonContact> Read(Field contacts)
    {
        var read = new List<PersonContact>();
        var any = contacts.Node is ManifestSequence ? ReadList(contacts, read) : ReadShort(contacts, read);
        if (!any) contacts.Notes("Nines has no way to call this person.", "Write contacts: with sms:, voice:, email: or another kind, or let them sign up a phone for push.");
        return read;
    }

    private static bool ReadList(Field contacts, List<PersonContact> read)
    {
        var items = contacts.Items();
        if (items.Count > Most) contacts.Wrong($"{items.Count} contacts are too many.", $"Keep {Most} at most.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.Take(Most))
        {
            var kind = KindOf(item.Require("kind", $"Write one of {string.Join(", ", ContactKinds.Written)}."));
            var name = NameOf(item.Optional("name"), kind ?? "");
            var to = item.Optional("to");
            var secret = item.Optional("secret");
            if (kind is null)
            {
                _ = secret.Secret();
                continue;
            }

            var contact = ContactAddress.Read(name, kind, to, secret);
            if (name.Length > 0 && !names.Add(name)) item.Wrong($"There are two contacts \"{name}\".", "Give one another name:.");
            else if (contact is not null) read.Add(contact);
        }

        return items.Count > 0;
    }

    private static bool ReadShort(Field contacts, List<PersonContact> read)
    {
        var any = false;
        // webhook and email first: the order in which earlier versions told a person.
        foreach (var kind in ContactKinds.Written.OrderBy(k => k switch { ContactKinds.Webhook => 0, ContactKinds.Email => 1, _ => 2 }))
        {
            var field = contacts.Optional(kind);
            if (!field.Given) continue;
            any = true;
            var whole = field.Node is ManifestScalar;
            var to = whole ? field : field.Optional(kind == ContactKinds.Webhook ? "url" : "to");
            var contact = whole && ContactAddress.IsSecret(kind)
                ? ContactAddress.ReadSecret(kind, field)
                : ContactAddress.Read(kind, kind, to, whole ? null : field.Optional("secret"));
            if (contact is not null) read.Add(contact);
        }

        return any;
    }

    private static string? KindOf(Field field)
    {
        if (field.Given && field.Text() == ContactKinds.Push)
        {
            field.Wrong("A device that takes push is not written in a manifest.", "Open /people/NAME/contacts on the phone and press \"Use this device\".");
            return null;
        }

        return field.Choice([.. ContactKinds.Written]);
    }

    private static string NameOf(Field field, string kind)
    {
        var name = field.Given ? field.Text() : kind;
        if (name.Length == 0) return kind;
        if (name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            // A step of notify: names either; "sms" must not mean a webhook.
            if (name == kind || !ContactKinds.All.Contains(name, StringComparer.Ordinal)) return name;
            field.Wrong($"\"{name}\" is the name of another kind.", "Give the contact another name.");
            return "";
        }

        field.Wrong($"\"{name}\" is not a name for a contact.", $"Write up to {LongestName} letters, digits, dots, hyphens and underscores.");
        return "";
    }
}
