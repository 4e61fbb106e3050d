using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>A message that left for a contact, as long as its receipts and answers may come.</summary>
/// <param name="Effect">Its delivery id.</param>
/// <param name="Contact">Where it went.</param>
/// <param name="Kind">Which way.</param>
/// <param name="Page">The page that it is about; empty for a test of one contact and for a code.</param>
/// <param name="Stage">How far it is known to have come.</param>
/// <param name="Failed">True where its provider said that it will not arrive.</param>
/// <param name="Answer">What was answered; empty before.</param>
/// <param name="Reference">What its provider calls it; empty where that is not needed.</param>
public sealed record SentMessage(string Effect, string Contact, string Kind, string Page, ProofStage Stage, bool Failed, string Answer, string Reference)
{
    /// <summary>The person's opaque id.</summary>
    public string Person => Contact[..Math.Max(0, Contact.IndexOf('/', StringComparison.Ordinal))];
}

/// <summary>A place that a message took under its contact's limits.</summary>
/// <param name="Effect">The delivery.</param>
/// <param name="At">When.</param>
/// <param name="Covers">Deliveries that went along.</param>
/// <param name="Accepted">True once its provider took it.</param>
public sealed record SendSlot(string Effect, Instant At, ImmutableList<string> Covers, bool Accepted);

/// <summary>The code that is under way to a contact.</summary>
/// <param name="Effect">The newest delivery with a code.</param>
/// <param name="AddressHash">Which address it went to.</param>
/// <param name="Sent">When codes were sent in the last hour, the newest last.</param>
/// <param name="Wrong">Wrong tries since the newest.</param>
public sealed record CodeState(string Effect, string AddressHash, ImmutableList<Instant> Sent, int Wrong);

/// <summary>A browser that takes push.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Sealed">Address and keys, encrypted with the person's key.</param>
/// <param name="AddressHash">Keyed hash of its address.</param>
/// <param name="At">Since when.</param>
public sealed record PushDevice(string Id, string Person, string Sealed, string AddressHash, Instant At)
{
    /// <summary>The contact's name among the person's.</summary>
    public string ContactName => "push-" + Id[Math.Max(0, Id.Length - 6)..];
}

/// <summary>What the ways out remember.</summary>
/// <param name="Verified">Contact (<c>person/name</c>) to the hash of the address that it proved with.</param>
/// <param name="Sent">Messages whose receipts may still come, by delivery id.</param>
/// <param name="SentOrder">The same ids, the oldest first.</param>
/// <param name="Slots">Contact to the places that it gave in the last hours.</param>
/// <param name="Codes">Contact to its code under way.</param>
/// <param name="Devices">Browsers that take push, by id.</param>
public sealed record ChannelBook(
    ImmutableSortedDictionary<string, string> Verified, ImmutableDictionary<string, SentMessage> Sent, ImmutableQueue<string> SentOrder,
    ImmutableSortedDictionary<string, ImmutableList<SendSlot>> Slots, ImmutableSortedDictionary<string, CodeState> Codes, ImmutableSortedDictionary<string, PushDevice> Devices)
{
    /// <summary>So many messages are remembered; a receipt that comes later than that changes nothing.</summary>
    public const int SentKept = 5000;

    /// <summary>Nothing yet.</summary>
    public static ChannelBook None { get; } = new(
        Sorted<string>(), ImmutableDictionary<string, SentMessage>.Empty, [], Sorted<ImmutableList<SendSlot>>(), Sorted<CodeState>(), Sorted<PushDevice>());

    /// <summary>True where this contact proved itself with this address.</summary>
    public bool IsVerified(string contact, string? addressHash) => addressHash is not null && Verified.GetValueOrDefault(contact) == addressHash;

    /// <summary>The place of a message under its contact's limits; null for none.</summary>
    public SendSlot? SlotOf(string contact, string effect) => Slots.GetValueOrDefault(contact)?.FindLast(s => s.Effect == effect);

    internal ChannelBook Leave(OutboxIntended e)
    {
        if (Sent.ContainsKey(e.Id) || !e.Target.Contains('/', StringComparison.Ordinal) || ChannelTraits.Find(e.Kind) is null) return this;
        // A drill's call is answered as a page's is, and is none: no page has such a name.
        var page = e.About.StartsWith(PagePrefix, StringComparison.Ordinal) ? e.About[PagePrefix.Length..] : e.About.StartsWith(DrillPrefix, StringComparison.Ordinal) ? e.About : "";
        var next = this with
        {
            Sent = Sent.Add(e.Id, new(e.Id, e.Target, e.Kind, page, ProofStage.Intended, false, "", "")),
            SentOrder = SentOrder.Enqueue(e.Id),
        };
        if (next.Sent.Count <= SentKept) return next;
        return next with { Sent = next.Sent.Remove(next.SentOrder.Peek()), SentOrder = next.SentOrder.Dequeue() };
    }

    internal ChannelBook Change(string effect, Func<SentMessage, SentMessage> change) =>
        Sent.TryGetValue(effect, out var sent) ? this with { Sent = Sent.SetItem(effect, change(sent)) } : this;

    internal ChannelBook Take(SlotTaken e, Instant at)
    {
        var kept = (Slots.GetValueOrDefault(e.Contact) ?? []).RemoveAll(s => s.At + SendLimits.Longest < at);
        return this with { Slots = Slots.SetItem(e.Contact, kept.Add(new(e.Effect, at, [.. e.Covers], false))) };
    }

    internal ChannelBook Settle(OutboxSettled e)
    {
        if (e.End != EffectEnd.Accepted || !Sent.TryGetValue(e.Id, out var sent)) return this;
        var next = sent.Stage < ProofStage.Accepted ? Change(e.Id, s => s with { Stage = ProofStage.Accepted }) : this;
        if (next.Slots.GetValueOrDefault(sent.Contact) is not { } slots || slots.FindLastIndex(s => s.Effect == e.Id) is not (>= 0 and var at)) return next;
        return next with { Slots = next.Slots.SetItem(sent.Contact, slots.SetItem(at, slots[at] with { Accepted = true })) };
    }

    internal ChannelBook Send(CodeSent e, Instant at)
    {
        var contact = $"{e.Person}/{e.Contact}";
        var times = (Codes.GetValueOrDefault(contact)?.Sent ?? []).RemoveAll(t => t + ContactVerification.Within < at);
        return this with { Codes = Codes.SetItem(contact, new(e.Effect, e.AddressHash, times.Add(at), 0)) };
    }

    internal ChannelBook Mistake(CodeWrong e)
    {
        var contact = $"{e.Person}/{e.Contact}";
        return Codes.TryGetValue(contact, out var code) && code.Effect == e.Effect ? this with { Codes = Codes.SetItem(contact, code with { Wrong = code.Wrong + 1 }) } : this;
    }

    internal ChannelBook Verify(ContactVerified e)
    {
        var contact = $"{e.Person}/{e.Contact}";
        return this with { Verified = Verified.SetItem(contact, e.AddressHash), Codes = e.How == ContactVerification.ByCode ? Codes.Remove(contact) : Codes };
    }

    internal const string PagePrefix = "page/";
    internal const string DrillPrefix = "drill/";

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
