using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>Intends what trackers are told, in the commit of the news; each waits for the one before it, so that no close overtakes its open.</summary>
internal sealed class TrackerCalls(CompiledManifests manifests, IOptions<NotificationsOptions> options)
{
    // A tracker may be down over a weekend.
    private static readonly Duration Patience = Duration.FromDays(3);

    public void Tell(Deciding deciding, string id, string action, string text)
    {
        if (!deciding.State.Get<TicketBook>().All.TryGetValue(id, out var ticket)) return;
        foreach (var tracker in manifests.For(deciding.State).Of<TicketTracker>())
        {
            if (!tracker.Takes(ticket.Service)) continue;
            var effect = deciding.NewId();
            var message = new TrackerMessage(
                action, ticket.Id, ticket.Number, ticket.Title, ticket.Service, ticket.Priority, text, $"{options.Value.PublicUrl.TrimEnd('/')}/tickets/{ticket.Id}");
            deciding.Write(TicketDesk.StreamOf(id), new TrackerCalled(id, effect, tracker.Name, action));
            deciding.Write(Outbox.StreamOf(effect), new OutboxIntended(
                effect, "ticket-" + tracker.Kind, tracker.Name, $"ticket/{id}", JsonSerializer.SerializeToElement(message, HouseJson.Options),
                ticket.Calls.FindLast(c => c.Tracker == tracker.Name)?.Effect, Patience));
        }
    }
}
