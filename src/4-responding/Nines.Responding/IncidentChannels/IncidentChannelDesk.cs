using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.IncidentChannels;

/// <summary>Opens channels, and tells them what is new.</summary>
public sealed class IncidentChannelDesk(IHouse house, CompiledManifests manifests, SlackWorkspace slack, IOptions<IncidentChannelsOptions> options, IOptions<NotificationsOptions> notifications)
{
    /// <summary>The kind of the effect that opens a channel.</summary>
    public const string Opens = "incident-channel";

    /// <summary>The kind of the effect that tells a channel.</summary>
    public const string Tells = "incident-channel-line";

    // The chat may be down for the worst hour of the month; what was said then is still worth reading in the morning.
    private static readonly Duration Patience = Duration.FromHours(12);

    /// <summary>The journal's stream of an incident's channel.</summary>
    public static StreamName StreamOf(string incident) => new("incident-channel", incident);

    /// <summary>True where channels open by themselves for such an incident.</summary>
    public bool Wants(Incident incident) => slack.Known && options.Value.OpensFrom is { } least && incident.Severity <= least;

    /// <summary>Somebody wants a channel for an incident; answers the incident's id.</summary>
    public async Task<Outcome<string>> OpenAsync(Actor actor, string name, string by, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            if (deciding.State.Get<IncidentBook>().Find(name) is not { } incident) return Problem.NotFound($"There is no incident {name}.", "List them with \"nines incident list\".");
            if (!incident.Open) return Problem.Conflict($"{incident.Name} is over.", "Reopen it first.");
            if (!slack.Known) return Problem.Conflict("No Slack app is configured.", "Set channels:slackToken to its bot token.");
            if (deciding.State.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(incident.Id) is { Ended.Length: 0 } known) return Problem.Conflict($"{incident.Name} has the channel #{known.Name}.");
            var who = ActingPerson.Of(actor, by, manifests.For(deciding.State));
            if (!who.Ok) return who;
            Open(deciding, incident, who.Value);
            return Outcome<string>.Of(incident.Id);
        }, stop: stop);
        return decided.Outcome;
    }

    internal void Open(Deciding deciding, Incident incident, string by)
    {
        var set = manifests.For(deciding.State);
        // In shadow mode another house talks to people.
        if (ShadowModes.Of(set, incident.Services.Count > 0 ? incident.Services[0] : "") is not null) return;
        var (effect, name) = (deciding.NewId(), ChannelName.Of(options.Value.Name, incident));
        var url = $"{notifications.Value.PublicUrl.TrimEnd('/')}/incidents/{incident.Id}";
        var bridge = options.Value.Bridge.Length > 0 ? $" Bridge: {options.Value.Bridge.Replace("{name}", Uri.EscapeDataString(name), StringComparison.Ordinal)}" : "";
        var payload = new OpenChannel(incident.Id, name, $"{incident.Name} {url}{bridge}", ChannelMessages.First(incident, url, CatalogView.Of(set)));
        deciding.Write(StreamOf(incident.Id), new ChannelAsked(incident.Id, effect, name, by));
        Intend(deciding, effect, Opens, incident.Id, payload, null);
    }

    /// <summary>Tells every channel what is new: part of a decision under way.</summary>
    internal void Tell(Deciding deciding)
    {
        var (book, incidents, catalog) = (deciding.State.Get<IncidentChannelBook>(), deciding.State.Get<IncidentBook>(), CatalogView.Of(manifests.For(deciding.State)));
        foreach (var channel in book.Active)
        {
            if (incidents.All.GetValueOrDefault(channel.Incident) is not { } incident) continue;
            if (incident.Timeline.Count > channel.Lines)
            {
                var lines = ChannelMessages.New(incident, channel.Lines, catalog);
                var effect = lines.Count > 0 ? deciding.NewId() : "";
                deciding.Write(StreamOf(incident.Id), new ChannelTold(incident.Id, effect, incident.Timeline.Count));
                if (effect.Length > 0) Intend(deciding, effect, Tells, incident.Id, new TellChannel(incident.Id, lines), channel.Last);
            }

            if (!incident.Open) deciding.Write(StreamOf(incident.Id), new ChannelEnded(incident.Id, "The incident is over."));
        }
    }

    private static void Intend(Deciding deciding, string effect, string kind, string incident, object payload, string? after) =>
        deciding.Write(Outbox.StreamOf(effect), new OutboxIntended(effect, kind, incident, $"incident/{incident}", JsonSerializer.SerializeToElement(payload, HouseJson.Options), after, Patience));
}

/// <summary>An incident is declared: its channel is asked for in the same commit.</summary>
internal sealed class OnIncidentDeclared(IncidentChannelDesk desk) : Reaction<IncidentDeclared>
{
    protected override void React(IncidentDeclared happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(happened.Id) is { Open: true } incident && desk.Wants(incident)) desk.Open(deciding, incident, "");
    }
}

/// <summary>An incident is worse than it was held to be: now it needs a channel.</summary>
internal sealed class OnIncidentRaised(IncidentChannelDesk desk) : Reaction<IncidentSeverityChanged>
{
    protected override void React(IncidentSeverityChanged happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<IncidentChannelBook>().ByIncident.ContainsKey(happened.Id)) return;
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(happened.Id) is { Open: true } incident && desk.Wants(incident)) desk.Open(deciding, incident, "");
    }
}

/// <summary>No channel could be opened: what people do not see there, the timeline says.</summary>
internal sealed class OnChannelSettled : Reaction<OutboxSettled>
{
    protected override void React(OutboxSettled happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.End != EffectEnd.Failed) return;
        if (deciding.State.Get<IncidentChannelBook>().Active.FirstOrDefault(c => c.Last == happened.Id && !c.IsOpen) is not { } channel) return;
        deciding.Write(IncidentChannelDesk.StreamOf(channel.Incident), new ChannelEnded(channel.Incident, happened.Reason));
        deciding.Write(IncidentDesk.StreamOf(channel.Incident), new IncidentTold(channel.Incident, TimelineKind.Chat, $"No channel could be opened: {happened.Reason}", "", ""));
    }
}
