using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>One call of a person's own order.</summary>
/// <param name="Contact">Where it goes.</param>
/// <param name="After">How long after the first moment.</param>
public sealed record PersonCall(Contact Contact, Duration After);

/// <summary>
/// In which order a person is called: by the steps of the person's manifest, else as shipped: what makes no noise and
/// push at once, a text message after a minute, a telephone call after two. Quiet hours do not exist for pages. Contacts
/// that never proved to be theirs are used only where a person has no other.
/// </summary>
public static class NotificationPlan
{
    private static readonly Duration SmsAfter = Duration.FromMinutes(1);
    private static readonly Duration VoiceAfter = Duration.FromMinutes(2);

    /// <summary>The calls of a page, the first first; none where the person has no contact.</summary>
    /// <param name="person">The person; null where they are gone.</param>
    /// <param name="contacts">All of their contacts.</param>
    /// <param name="severity">A ticket goes by mail unless the person says otherwise.</param>
    public static IReadOnlyList<PersonCall> Of(Person? person, IReadOnlyList<Contact> contacts, AlertSeverity severity)
    {
        Contact[] usable = [.. contacts.Where(c => c.Verified)];
        if (usable.Length == 0) usable = [.. contacts];
        var steps = severity == AlertSeverity.Page ? person?.NotifyPage : person?.NotifyTicket;
        var own = (steps ?? []).SelectMany(s => usable.Where(c => c.ShortName == s.Contact || c.Kind == s.Contact).Select(c => new PersonCall(c, s.After)));
        PersonCall[] calls = [.. own.DistinctBy(c => (c.Contact.Name, c.After))];
        if (calls.Length == 0)
            calls = [.. usable.Where(c => severity == AlertSeverity.Page || c.Kind == ContactKind.Email).Select(c => new PersonCall(c, severity == AlertSeverity.Page ? Shipped(c.Kind) : Duration.Zero))];
        if (calls.Length == 0) return [];
        // Somebody whose only contact is a telephone is called at once: waiting would be for nothing.
        var first = calls.Min(c => c.After);
        return [.. calls.Select(c => c with { After = c.After - first }).OrderBy(c => c.After)];
    }

    private static Duration Shipped(string kind) => kind switch
    {
        ContactKinds.Sms => SmsAfter,
        ContactKinds.Voice => VoiceAfter,
        _ => Duration.Zero,
    };
}
