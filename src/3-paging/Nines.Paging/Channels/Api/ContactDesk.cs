using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Channels.Api;

/// <summary>What one can do with contacts, the same for every door.</summary>
internal sealed class ContactDesk(ChannelDesk desk, CompiledManifests manifests)
{
    /// <summary>Everybody's contacts, or one person's.</summary>
    public Outcome<IReadOnlyList<ContactView>> List(string? person)
    {
        var state = desk.House.State;
        var catalog = manifests.For(state);
        if (person is not null && catalog.Find<Person>(person) is null) return NoPerson(catalog, person);
        var (book, now) = (state.Get<ChannelBook>(), desk.Now);
        return Outcome<IReadOnlyList<ContactView>>.Of(
            [.. catalog.Of<Person>().Where(p => person is null || p.Name == person).SelectMany(p => desk.ContactsOf(state, p.Id).Select(c => ContactView.Of(p, c, book, now)))]);
    }

    /// <summary>The person's own name; null for somebody unknown.</summary>
    public Person? Person(string name) => manifests.For(desk.House.State).Find<Person>(name);

    /// <summary>Sends a code; the answer is the delivery.</summary>
    public Task<Outcome<string>> SendCodeAsync(Actor actor, string person, string contact, CancellationToken stop) => DecideAsync(actor, person, contact, (deciding, found) =>
    {
        var id = deciding.NewId();
        var sent = ContactVerification.Send(deciding.State.Get<ChannelBook>(), found, HashOf(found), id, Page(person), deciding.Now);
        if (sent.Ok) Write(deciding, sent.Value);
        return sent.Map(_ => id);
    }, stop);

    /// <summary>Sends a test; the answer is the delivery.</summary>
    public Task<Outcome<string>> TestAsync(Actor actor, string person, string contact, CancellationToken stop) => DecideAsync(actor, person, contact, (deciding, found) =>
    {
        var id = deciding.NewId();
        Write(deciding, ContactVerification.Test(found, id, Page(person), deciding.Now));
        return Outcome<string>.Of(id);
    }, stop);

    /// <summary>Takes a code that came back. A wrong one is written down, and refused.</summary>
    public async Task<Outcome<bool>> VerifyAsync(Actor actor, string person, string contact, string code, CancellationToken stop)
    {
        Problem? problem = null;
        var decided = await DecideAsync(actor, person, contact, (deciding, found) =>
        {
            var tried = ContactVerification.Try(deciding.State.Get<ChannelBook>(), found, HashOf(found), desk.KeyOf(found.Person), code, deciding.Now);
            problem = tried.Problem;
            Write(deciding, tried.Events);
            return Outcome<string>.Of("");
        }, stop);
        if (!decided.Ok) return Outcome<bool>.Failed(decided.Problems);
        return problem is null ? true : problem;
    }

    /// <summary>Signs a device off; what stands in a manifest is removed there.</summary>
    public Task<Outcome<string>> RemoveAsync(Actor actor, string person, string contact, CancellationToken stop) => DecideAsync(actor, person, contact, (deciding, found) =>
    {
        if (deciding.State.Get<ChannelBook>().Devices.Values.FirstOrDefault(d => $"{d.Person}/{d.ContactName}" == found.Name) is not { } device)
            return Problem.Conflict($"{contact} stands in the manifest of {person}.", "Remove it there.", "contact");
        deciding.Write(ReceiptRule.StreamOfPerson(device.Person), new PushEnded(device.Id, device.Person, "It was signed off."));
        return Outcome<string>.Of(device.Id);
    }, stop);

    private async Task<Outcome<string>> DecideAsync(Actor actor, string person, string contact, Func<Deciding, Contact, Outcome<string>> decide, CancellationToken stop)
    {
        var decided = await desk.House.DecideAsync(actor, deciding =>
        {
            var catalog = manifests.For(deciding.State);
            if (catalog.Find<Person>(person) is not { } known) return Outcome<string>.Failed(NoPerson(catalog, person));
            var all = desk.ContactsOf(deciding.State, known.Id);
            if (all.FirstOrDefault(c => c.ShortName == contact) is { } found) return decide(deciding, found);
            var meant = NearestName.Of(contact, all.Select(c => c.ShortName));
            return Problem.NotFound($"{person} has no contact \"{contact}\".", meant is null ? $"Known: {string.Join(", ", all.Select(c => c.ShortName))}." : $"Did you mean \"{meant}\"?", "contact");
        }, stop: stop);
        return decided.Outcome;
    }

    private string Page(string person) => $"{desk.PublicUrl}/people/{Uri.EscapeDataString(person)}/contacts";

    private string? HashOf(Contact contact) => AddressHash.Of(desk.KeyOf(contact.Person), contact.Kind, contact.Address);

    private static Problem NoPerson(ManifestSet catalog, string person) =>
        Problem.NotFound($"There is no person \"{person}\" in the catalog.", catalog.DidYouMean<Person>(person) + "List them with \"nines get Person\".", "person");

    private static void Write(Deciding deciding, IReadOnlyList<(StreamName Stream, object Event)> events)
    {
        foreach (var (stream, happened) in events) deciding.Write(stream, happened);
    }
}
