using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>What receipts and answers change: nothing twice, nothing backwards, nothing for what never left. Pure.</summary>
public static class ReceiptRule
{
    /// <summary>The stream of everything that comes back for a message.</summary>
    public static StreamName StreamOf(string effect) => Outbox.StreamOf(effect);

    /// <summary>The stream of what a contact proved.</summary>
    public static StreamName StreamOfPerson(string person) => new("contacts", person);

    /// <summary>The events of a receipt; none where it says nothing new.</summary>
    /// <param name="book">What left.</param>
    /// <param name="effect">The message.</param>
    /// <param name="stage">How far it came, or did not.</param>
    /// <param name="failed">True where it will not come so far.</param>
    /// <param name="reason">What was said.</param>
    /// <param name="contact">Where it went; null where it is gone.</param>
    /// <param name="addressHash">Hash of that contact's address now.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Receive(
        ChannelBook book, string effect, ProofStage stage, bool failed, string reason, Contact? contact, string? addressHash)
    {
        if (!book.Sent.TryGetValue(effect, out var sent)) return [];
        // What is delivered cannot fail any more, and what failed is not believed to have arrived unless somebody saw it.
        if (failed ? sent.Failed || sent.Stage >= stage : sent.Stage >= stage) return [];
        var written = new List<(StreamName, object)> { (StreamOf(effect), new MessageReceipt(effect, stage, failed, reason)) };
        // Somebody held the device in their hand.
        if (!failed && stage == ProofStage.Seen) written.AddRange(Verify(book, contact, addressHash, $"seen by {sent.Kind}"));
        return written;
    }

    /// <summary>The events of an answer; none where it was given before or nothing is to be answered.</summary>
    /// <param name="book">What left.</param>
    /// <param name="effect">The message.</param>
    /// <param name="answer">One of <see cref="ContactAnswer"/>.</param>
    /// <param name="person">Who answered.</param>
    /// <param name="contact">Where it went; null where it is gone.</param>
    /// <param name="addressHash">Hash of that contact's address now.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Answer(ChannelBook book, string effect, string answer, string person, Contact? contact, string? addressHash)
    {
        if (!book.Sent.TryGetValue(effect, out var sent)) return [];
        var written = new List<(StreamName, object)>();
        // A bundle is answered as a whole.
        foreach (var id in (book.SlotOf(sent.Contact, effect)?.Covers ?? []).Prepend(effect))
            if (book.Sent.TryGetValue(id, out var one) && one.Page.Length > 0 && one.Answer != answer)
                written.Add((StreamOf(id), new ContactAnswered(id, one.Page, person, answer, sent.Kind)));
        if (written.Count == 0) return [];
        if (sent.Stage < ProofStage.Delivered && ChannelTraits.Of(sent.Kind).ProvesDelivered)
            written.Insert(0, (StreamOf(effect), new MessageReceipt(effect, ProofStage.Delivered, false, "It was answered.")));
        if (person == contact?.Person) written.AddRange(Verify(book, contact, addressHash, $"{answer}d by {sent.Kind}"));
        return written;
    }

    private static IEnumerable<(StreamName Stream, object Event)> Verify(ChannelBook book, Contact? contact, string? addressHash, string how)
    {
        if (contact is null || addressHash is null || book.IsVerified(contact.Name, addressHash)) return [];
        return [(StreamOfPerson(contact.Person), new ContactVerified(contact.Person, contact.ShortName, addressHash, how))];
    }
}
