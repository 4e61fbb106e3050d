using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>A note to a person that nobody has to be woken for: by mail where they have one, else over their first contact.</summary>
public static class PersonNote
{
    // A note may wait out a long break of the mail server.
    private static readonly Duration Patience = Duration.FromHours(24);

    /// <summary>The effects of a note; none where a person has no contact.</summary>
    public static IReadOnlyList<OutboxIntended> To(IReadOnlyList<Contact> contacts, ChannelMessage message, string about, Func<string> newId)
    {
        Contact[] usable = contacts.Any(c => c.Verified) ? [.. contacts.Where(c => c.Verified)] : [.. contacts];
        if (usable.Length == 0) return [];
        var mails = usable.Where(c => c.Kind == ContactKind.Email).ToArray();
        return [.. (mails.Length > 0 ? mails : usable[..1]).Select(c => new OutboxIntended(newId(), c.Kind, c.Name, about, JsonSerializer.SerializeToElement(message, HouseJson.Options), null, Patience))];
    }
}
