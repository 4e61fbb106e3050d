using System.Text.Json;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Tickets.Trackers;

/// <summary>Takes one kind of tracker's messages out of the house.</summary>
internal sealed class TrackerSender(ITicketTracker kind, CompiledManifests manifests, IHouse house, GuardedConnections connections) : IOutboxSender
{
    public string Kind => "ticket-" + kind.Kind;

    // A try may ask several things of the tracker.
    public Duration Timeout => Duration.FromSeconds(30);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (manifests.For(house.State).Find<TicketTracker>(delivery.Target) is not { } tracker) return new(SendVerdict.Refused, $"The tracker {delivery.Target} is gone.");
        var token = "";
        if (tracker.Token is { } kept)
        {
            var read = SecretResolver.Resolve(kept);
            if (!read.Ok) return new(SendVerdict.Retry, read.Problems[0].ToString());
            token = read.Value;
        }

        var http = new TrackerHttp(connections.SendAsync, tracker, token);
        try
        {
            return await kind.TellAsync(tracker, delivery.Payload.Deserialize<TrackerMessage>(HouseJson.Options)!, delivery.Id, http, stop);
        }
        catch (TrackerRefusedException e)
        {
            return e.Outcome;
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new(SendVerdict.Refused, forbidden.Message);
        }
        catch (HttpRequestException e)
        {
            return new(SendVerdict.Retry, $"The tracker {tracker.Name} could not be reached: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new(SendVerdict.Retry, $"The tracker {tracker.Name} answered something that is not its format.");
        }
    }
}
