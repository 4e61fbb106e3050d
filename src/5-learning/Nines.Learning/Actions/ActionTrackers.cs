using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Paging.Tickets;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Intends what trackers are told of actions, in the commit of the news: the same senders, ids and order as for tickets.</summary>
public sealed class ActionTrackers(CompiledManifests manifests, IOptions<NotificationsOptions> options)
{
    // A tracker may be down over a weekend.
    private static readonly Duration Patience = Duration.FromDays(3);

    /// <summary>Tells one tracker.</summary>
    internal void Tell(Deciding deciding, ActionItem action, string tracker, string told, string text)
    {
        if (manifests.For(deciding.State).Find<TicketTracker>(tracker) is not { } found) return;
        var effect = deciding.NewId();
        var message = new TrackerMessage(told, action.Id, action.Number, action.Title, action.Service, action.Priority.ToString(), text, $"{options.Value.PublicUrl.TrimEnd('/')}/actions/{action.Id}");
        deciding.Write(ActionDesk.StreamOf(action.Id), new ActionTrackerTold(action.Id, effect, found.Name, told));
        deciding.Write(Outbox.StreamOf(effect), new OutboxIntended(
            effect, "ticket-" + found.Kind, found.Name, $"action/{action.Id}", JsonSerializer.SerializeToElement(message, HouseJson.Options), action.Trackers.FindLast(t => t.Tracker == found.Name)?.Effect, Patience));
    }

    /// <summary>Tells every tracker that knows an action already.</summary>
    internal void TellAll(Deciding deciding, ActionItem action, string told, string text)
    {
        foreach (var tracker in action.Trackers.Select(t => t.Tracker).Distinct(StringComparer.Ordinal)) Tell(deciding, action, tracker, told, text);
    }
}
