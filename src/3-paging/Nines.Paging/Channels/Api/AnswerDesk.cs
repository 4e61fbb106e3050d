using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Channels.Api;

/// <summary>Writes what came back from people and providers, decided on the newest state.</summary>
internal sealed class AnswerDesk(ChannelDesk desk, CompiledManifests manifests)
{
    /// <summary>The message, while its receipts count; null for one that never left.</summary>
    public SentMessage? Find(string effect) => desk.Book.Sent.GetValueOrDefault(effect);

    /// <summary>A receipt; true where it was news.</summary>
    public Task<bool> ReceiveAsync(string door, string effect, ProofStage stage, bool failed, string reason, CancellationToken stop) =>
        desk.WriteAsync(Actor.Door(door), deciding =>
        {
            var contact = ContactOf(deciding, effect);
            return ReceiptRule.Receive(deciding.State.Get<ChannelBook>(), effect, stage, failed, reason, contact, HashOf(contact));
        }, stop);

    /// <summary>An answer; true where it was news.</summary>
    /// <param name="effect">The message.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="person">Who answered; null for the person that the message went to.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<bool> AnswerAsync(string effect, string answer, string? person, CancellationToken stop)
    {
        if (Find(effect) is not { } sent) return Task.FromResult(false);
        var who = person ?? sent.Person;
        return desk.WriteAsync(Actor.Person(who), deciding =>
        {
            var contact = ContactOf(deciding, effect);
            return ReceiptRule.Answer(deciding.State.Get<ChannelBook>(), effect, answer, who, contact, HashOf(contact));
        }, stop);
    }

    /// <summary>Everybody who has a contact of that kind and address.</summary>
    public IReadOnlyList<Person> PeopleAt(string kind, string address) =>
        [.. manifests.For(desk.House.State).Of<Person>().Where(p => p.Contacts.Any(c => c.Kind == kind && c.Address == address))];

    private Contact? ContactOf(Deciding deciding, string effect) =>
        deciding.State.Get<ChannelBook>().Sent.TryGetValue(effect, out var sent) ? desk.ContactsOf(deciding.State, sent.Person).FirstOrDefault(c => c.Name == sent.Contact) : null;

    private string? HashOf(Contact? contact) => contact is null ? null : AddressHash.Of(desk.KeyOf(contact.Person), contact.Kind, contact.Address);
}
