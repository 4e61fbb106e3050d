using Nines.Catalog;

namespace Nines.Paging.Channels;

/// <summary>How far a message can be proven to have come.</summary>
public enum ProofStage
{
    /// <summary>It was decided, and is durable.</summary>
    Intended,

    /// <summary>It was tried.</summary>
    Attempted,

    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>It is on the device, or somebody's ear.</summary>
    Delivered,

    /// <summary>Somebody opened it.</summary>
    Seen,

    /// <summary>Somebody took the page on.</summary>
    Acknowledged,
}

/// <summary>What a way out can prove and do. A stage that it cannot prove has no deadline.</summary>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="ProvesDelivered">True where its provider tells when a message is on the device.</param>
/// <param name="ProvesSeen">True where opening it is told.</param>
/// <param name="CanAnswer">True where the page can be acknowledged in it, without opening Nines.</param>
/// <param name="Rings">True where it wakes a sleeper.</param>
public sealed record ChannelTraits(string Kind, bool ProvesDelivered, bool ProvesSeen, bool CanAnswer, bool Rings)
{
    /// <summary>
    /// True where what was said can be changed without a sound: a message in its place, a notification that takes another's,
    /// an event of another pager. A text, a call, a mail, a card of a workflow cannot; what a webhook makes of a call nobody here knows.
    /// </summary>
    public bool ChangesQuietly => Kind is ContactKinds.Push or ContactKinds.Slack or ContactKinds.Discord or ContactKinds.Ntfy or ContactKinds.PagerDuty or ContactKinds.Opsgenie;

    /// <summary>True where each message stands for itself, so that several ends may be one line. A program, a changed message and another pager need each page by its own.</summary>
    public bool TellsInOneLine => Kind is ContactKinds.Email or ContactKinds.Sms or ContactKinds.Ntfy or ContactKinds.Teams or ContactKinds.Mattermost or ContactKinds.Discord;

    private static readonly Dictionary<string, ChannelTraits> Known = new ChannelTraits[]
    {
        // The service worker says that it took the push, and that it was tapped; the notification has an acknowledge button.
        Of(ContactKinds.Push, delivered: true, seen: true, answer: true),
        // Answered by a human; a key press is the acknowledgement.
        Of(ContactKinds.Voice, delivered: true, seen: false, answer: true),
        // The carrier's receipt; a reply is the acknowledgement.
        Of(ContactKinds.Sms, delivered: true, seen: false, answer: true),
        Of(ContactKinds.Slack, delivered: false, seen: false, answer: true),
        Of(ContactKinds.Ntfy, delivered: false, seen: false, answer: false),
        Of(ContactKinds.PagerDuty, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Opsgenie, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Webhook, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Teams, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Mattermost, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Discord, delivered: false, seen: false, answer: false),
        Of(ContactKinds.Email, delivered: false, seen: false, answer: false),
    }.ToDictionary(t => t.Kind, StringComparer.Ordinal);

    /// <summary>The traits of a kind; null where nothing here sends it.</summary>
    public static ChannelTraits? Find(string kind) => Known.GetValueOrDefault(kind);

    /// <summary>The traits of a kind; of an unknown one, that it proves nothing.</summary>
    public static ChannelTraits Of(string kind) => Known.GetValueOrDefault(kind) ?? new(kind, false, false, false, false);

    private static ChannelTraits Of(string kind, bool delivered, bool seen, bool answer) => new(kind, delivered, seen, answer, ContactKinds.Rings(kind));
}
