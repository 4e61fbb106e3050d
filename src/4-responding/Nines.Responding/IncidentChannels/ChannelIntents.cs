using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.IncidentChannels;

/// <summary>What channels are to be told: part of a decision under way. It holds no house: reactions, of which the house is made, need it.</summary>
public sealed class ChannelIntents(CompiledManifests manifests, IOptions<ChannelsOptions> chat, IOptions<IncidentChannelsOptions> options, IOptions<NotificationsOptions> notifications)
{
    /// <summary>The kind of the effect that opens a channel.</summary>
    public const string Opens = "incident-channel";

    /// <summary>The kind of the effect that tells a channel.</summary>
    public const string Tells = "incident-channel-line";

    // The chat may be down for the worst hour of the month; what was said then is still worth reading in the morning.
    private static readonly Duration Patience = Duration.FromHours(12);

    /// <summary>The journal's stream of an incident's channel.</summary>
    public static StreamName StreamOf(string incident) => new("incident-channel", incident);

    /// <summary>True where the settings name a Slack app.</summary>
    public bool Known => chat.Value.SlackToken.Length > 0;

    /// <summary>True where channels open by themselves for such an incident.</summary>
    public bool Wants(Incident incident) => Known && options.Value.OpensFrom is { } least && incident.Severity <= least;

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
