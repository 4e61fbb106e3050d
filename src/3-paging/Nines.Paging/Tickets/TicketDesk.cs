using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Tickets;

/// <summary>Closes and assigns tickets: the one use case behind the command, HTTP and the page.</summary>
public sealed class TicketDesk(IHouse house, CompiledManifests manifests)
{
    /// <summary>The journal's stream of a ticket.</summary>
    public static StreamName StreamOf(string id) => new("ticket", id);

    /// <summary>Closes a ticket, with the reason that somebody gives.</summary>
    public async Task<Outcome<TicketClosed>> CloseAsync(Actor actor, string name, string reason, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var closed = TicketRules.Close(deciding.State.Get<TicketBook>(), name, reason);
        if (closed.Ok) deciding.Write(StreamOf(closed.Value.Id), closed.Value);
        return closed;
    }, stop: stop)).Outcome;

    /// <summary>Gives a ticket to somebody; an empty name takes it from whoever has it.</summary>
    public async Task<Outcome<TicketAssigned>> AssignAsync(Actor actor, string name, string person, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var found = person.Length == 0 ? null : CatalogView.Of(manifests.For(deciding.State)).Person(person)?.Id;
        var assigned = TicketRules.Assign(deciding.State.Get<TicketBook>(), name, found, person);
        if (assigned.Ok) deciding.Write(StreamOf(assigned.Value.Id), assigned.Value);
        return assigned;
    }, stop: stop)).Outcome;
}
