using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Catalog.Entries;

/// <summary>Reads how a person wants to be told: <c>notify: { page: [ { contact, after } ], ticket: [ … ] }</c>.</summary>
internal static class NotifyFields
{
    // Later than any escalation waits: such a step would never be reached.
    private static readonly Duration Longest = Duration.FromHours(24);

    private const int Most = 20;

    public static IReadOnlyList<NotificationStep> Read(Field steps, IReadOnlyList<PersonContact> contacts)
    {
        var read = new List<NotificationStep>();
        var items = steps.Node is ManifestScalar { IsNull: false } ? [steps] : steps.Items();
        if (items.Count > Most) steps.Wrong($"{items.Count} steps are too many.", $"Keep {Most} at most.");
        foreach (var item in items.Take(Most))
        {
            // A bare name is a step at once.
            var contact = item.Node is ManifestScalar ? item : item.Require("contact", "Write a contact's name, or a kind such as push or sms.");
            var after = item.Node is ManifestScalar ? null : After(item.Optional("after"));
            if (Known(contact, contacts) is { } name) read.Add(new(name, after ?? Duration.Zero));
        }

        foreach (var twice in read.GroupBy(s => s).Where(g => g.Count() > 1)) steps.Notes($"\"{twice.Key.Contact}\" is told twice at the same moment.", "Keep one.");
        return [.. read.OrderBy(s => s.After)];
    }

    /// <summary>A page that rings nobody's phone wakes nobody.</summary>
    public static void CheckRings(Field steps, IReadOnlyList<NotificationStep> read, IReadOnlyList<PersonContact> contacts)
    {
        if (read.Count == 0 || read.Any(s => ContactKinds.Rings(KindOf(s.Contact, contacts)))) return;
        steps.Notes("None of these wakes a sleeper.", $"Add one of {string.Join(", ", ContactKinds.All.Where(ContactKinds.Rings))}.");
    }

    private static string KindOf(string contact, IReadOnlyList<PersonContact> contacts) => contacts.FirstOrDefault(c => c.Name == contact)?.Kind ?? contact;

    private static Duration? After(Field field)
    {
        if (field.Duration() is not { } after) return null;
        if (after <= Longest) return after;
        field.Wrong($"{field.Text()} is too late for a page.", "Write 24h at most.");
        return null;
    }

    private static string? Known(Field field, IReadOnlyList<PersonContact> contacts)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        // A device signs up for push by itself, before or after this was written.
        if (text == ContactKinds.Push || contacts.Any(c => c.Name == text || c.Kind == text)) return text;
        string[] known = [.. contacts.Select(c => c.Name).Concat(contacts.Select(c => c.Kind)).Append(ContactKinds.Push).Distinct(StringComparer.Ordinal)];
        var meant = NearestName.Of(text, known);
        field.Wrong($"There is no contact \"{text}\" here.", meant is not null ? $"Did you mean \"{meant}\"?" : $"Write one of {string.Join(", ", known)}, or add it to contacts.");
        return null;
    }
}
