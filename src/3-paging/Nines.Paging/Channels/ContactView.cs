using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels.Push;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>A contact as doors show it: enough of its address to know it by, never the whole.</summary>
/// <param name="Person">The person's name.</param>
/// <param name="Contact">The contact's name among the person's.</param>
/// <param name="Kind">Which way.</param>
/// <param name="Address">The end of it.</param>
/// <param name="Verified">True where it proved to be theirs.</param>
/// <param name="Rings">True where it wakes a sleeper.</param>
/// <param name="Proves">How far a message can be proven to have come: <c>accepted</c>, <c>delivered</c> or <c>seen</c>.</param>
/// <param name="CodeSentAt">When a code was sent that still counts; null where none is under way.</param>
/// <param name="Device">Id of the device, to sign it off; null for what stands in a manifest.</param>
public sealed record ContactView(
    string Person, string Contact, string Kind, string Address, bool Verified, bool Rings, string Proves, Instant? CodeSentAt, string? Device)
{
    /// <summary>The view of a contact.</summary>
    public static ContactView Of(Person person, Contact contact, ChannelBook book, Instant now)
    {
        var traits = ChannelTraits.Of(contact.Kind);
        var code = book.Codes.GetValueOrDefault(contact.Name);
        var live = !contact.Verified && code is { Wrong: < ContactVerification.MostWrong } && code.Sent[^1] + ContactVerification.Life > now;
        var device = contact.Kind == ContactKinds.Push ? book.Devices.Values.FirstOrDefault(d => $"{d.Person}/{d.ContactName}" == contact.Name) : null;
        return new(
            person.Name, contact.ShortName, contact.Kind, Shown(contact), contact.Verified, traits.Rings,
            traits.ProvesSeen ? "seen" : traits.ProvesDelivered ? "delivered" : "accepted", live ? code!.Sent[^1] : null, device?.Id);
    }

    /// <summary>What one knows one's own address by.</summary>
    internal static string Shown(Contact contact) => contact.Kind switch
    {
        ContactKinds.Sms or ContactKinds.Voice => contact.Address.Length > 6 ? $"{contact.Address[..3]} … {contact.Address[^3..]}" : "…",
        ContactKinds.Email => contact.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{contact.Address[0]}…{contact.Address[at..]}" : "…",
        ContactKinds.Push => contact.Secret?.Invoke() is { Ok: true } kept && PushAddress.Read(kept.Value) is { } address ? address.Device : "a browser",
        ContactKinds.Teams or ContactKinds.Mattermost or ContactKinds.Discord => contact.Address,
        ContactKinds.Slack => contact.Address,
        _ => Uri.TryCreate(contact.Address, UriKind.Absolute, out var url) ? url.Host : "…",
    };
}

/// <summary>What became of one delivery.</summary>
/// <param name="Delivery">Its id.</param>
/// <param name="State"><c>pending</c>, <c>accepted</c> or <c>failed</c>.</param>
/// <param name="Stage">How far it is known to have come.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Reason">What was said last; empty before the first try.</param>
public sealed record DeliveryView(string Delivery, string State, ProofStage Stage, int Attempts, string Reason)
{
    /// <summary>The view of a delivery; null where it is unknown or long ago.</summary>
    public static DeliveryView? Of(HouseState state, string delivery)
    {
        var stage = state.Get<ChannelBook>().Sent.GetValueOrDefault(delivery)?.Stage ?? ProofStage.Intended;
        var outbox = state.Get<Outbox>();
        if (outbox.Pending.TryGetValue(delivery, out var pending)) return new(delivery, "pending", pending.Attempts > 0 ? ProofStage.Attempted : stage, pending.Attempts, pending.LastReason);
        return outbox.Recent.FirstOrDefault(e => e.Id == delivery) is { } settled
            ? new(delivery, settled.End == EffectEnd.Accepted ? "accepted" : "failed", stage, settled.Attempts, settled.Reason)
            : null;
    }
}
