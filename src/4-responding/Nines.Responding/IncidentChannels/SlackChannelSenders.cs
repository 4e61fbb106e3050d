using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Slack;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.IncidentChannels;

/// <summary>
/// Opens a channel in Slack: creates it, remembers it, invites those who are at it, says what is wrong. What was done is
/// not done again at the next try; only a crash between Slack's answer and the journal leaves an empty channel behind.
/// </summary>
internal sealed class SlackChannelOpener(IHouse house, CompiledManifests manifests, IContactBook contacts, SlackWorkspace slack) : IOutboxSender
{
    // Incidents of one name on one day are few.
    private const int MostNames = 9;

    public string Kind => ChannelIntents.Opens;

    public Duration Timeout => Duration.FromSeconds(30);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (delivery.Payload.Deserialize<OpenChannel>(HouseJson.Options) is not { } asked) return new(SendVerdict.Refused, "The message cannot be read.");
        var channel = house.State.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(asked.Incident)?.Channel ?? "";
        if (channel.Length == 0)
        {
            var (created, name, outcome) = await CreateAsync(asked.Name, stop);
            if (created.Length == 0) return outcome;
            channel = created;
            await house.DecideAsync(Actor.Door("slack"), deciding =>
            {
                deciding.Write(ChannelIntents.StreamOf(asked.Incident), new ChannelOpened(asked.Incident, created, name));
                deciding.Write(IncidentDesk.StreamOf(asked.Incident), new IncidentTold(asked.Incident, TimelineKind.Chat, $"The channel #{name} is open.", "", ""));
                return Outcome<bool>.Of(true);
            }, stop: stop);
        }

        // Neither is worth a second try: the channel is there, and whoever misses a topic or a name finds it all the same.
        await slack.CallAsync("conversations.setTopic", new() { ["channel"] = channel, ["topic"] = asked.Topic }, stop);
        var members = Members(asked.Incident);
        if (members.Length > 0) await slack.CallAsync("conversations.invite", new() { ["channel"] = channel, ["users"] = string.Join(',', members) }, stop);
        return (await slack.CallAsync("chat.postMessage", Text(channel, asked.Text), stop)).Outcome;
    }

    private async Task<(string Channel, string Name, SendOutcome Outcome)> CreateAsync(string wanted, CancellationToken stop)
    {
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? wanted : $"{wanted}-{i}";
            var reply = await slack.CallAsync("conversations.create", new() { ["name"] = name }, stop);
            if (reply.Text("channel", "id") is { Length: > 0 } id) return (id, reply.Text("channel", "name") ?? name, reply.Outcome);
            if (reply.Error != "name_taken" || i == MostNames) return ("", name, reply.Outcome.Verdict == SendVerdict.Accepted ? new(SendVerdict.Retry, "Slack named no channel.") : reply.Outcome);
        }
    }

    /// <summary>Slack's ids of those who have a role, and of those who took on a page of it.</summary>
    private string[] Members(string id)
    {
        var state = house.State;
        if (state.Get<IncidentBook>().All.GetValueOrDefault(id) is not { } incident) return [];
        var pages = state.Get<Paging.Notifications.PageBook>();
        var people = incident.Roles.Select(r => r.Person).Concat(incident.Pages.SelectMany(p => pages.OfThread(p)?.Acknowledgements.Select(a => a.Person) ?? []));
        var catalog = CatalogView.Of(manifests.For(state));
        return [.. people.Distinct(StringComparer.Ordinal).Where(p => catalog.PersonById(p) is not null)
            .SelectMany(p => contacts.Of(state, p)).Where(c => c.Kind == ContactKinds.Slack && c.Address.StartsWith('U')).Select(c => c.Address).Distinct(StringComparer.Ordinal)];
    }

    internal static JsonObject Text(string channel, string text) => new() { ["channel"] = channel, ["text"] = SlackText.Escape(text), ["unfurl_links"] = false, ["unfurl_media"] = false };
}

/// <summary>Tells a channel in Slack what is new.</summary>
internal sealed class SlackChannelTeller(IHouse house, SlackWorkspace slack) : IOutboxSender
{
    public string Kind => ChannelIntents.Tells;

    public Duration Timeout => Duration.FromSeconds(10);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (delivery.Payload.Deserialize<TellChannel>(HouseJson.Options) is not { } told) return new(SendVerdict.Refused, "The message cannot be read.");
        if (house.State.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(told.Incident) is not { IsOpen: true } channel) return new(SendVerdict.Refused, "The channel was never opened.");
        return (await slack.CallAsync("chat.postMessage", SlackChannelOpener.Text(channel.Channel, string.Join('\n', told.Lines)), stop)).Outcome;
    }
}
