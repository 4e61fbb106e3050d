using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels.Slack;
using Nines.Responding.Incidents;
using Nines.Responding.Updates;
using Nines.Shell;

namespace Nines.Responding.IncidentChannels.Api;

/// <summary>Where Slack says what was written in an incident's channel, and what somebody asks for with <c>/nines</c>. Both prove themselves by Slack's signature.</summary>
internal static class SlackIncidentDoors
{
    private const int Longest = IncidentNote.Longest;

    public static void Register(Registration room)
    {
        var proof = Permission.OwnProof("incidentchannels", "Slack's signature over time and body");
        room.Post("/in/slack/events", proof, EventAsync);
        room.Post("/in/slack/commands", proof, CommandAsync);
    }

    private static async Task<IResult> EventAsync(HttpContext http, SlackWorkspace slack, IHouse house, CompiledManifests manifests, CancellationToken stop)
    {
        var (bytes, refused) = await slack.ReadAsync(http);
        if (refused is not null) return refused;
        var body = Parse(bytes);
        // Slack asks once whether this address is ours.
        if (Text(body, "type") == "url_verification") return Results.Text(Text(body, "challenge"));
        var happened = body?["event"] as JsonObject;
        // What the app itself says comes back, too; so do edits and joins, which are no message of a person.
        if (Text(happened, "type") != "message" || Text(happened, "subtype").Length > 0 || Text(happened, "bot_id").Length > 0) return Results.Ok();
        var (channel, member, text, time) = (Text(happened, "channel"), Text(happened, "user"), Text(happened, "text"), Text(happened, "ts"));
        if (text.Length == 0 || member.Length == 0 || house.State.Get<IncidentChannelBook>().OfChannel(channel) is not { } known) return Results.Ok();
        await house.DecideAsync(Actor.Door("slack"), deciding =>
        {
            var by = PersonOf(manifests.For(deciding.State), member)?.Id ?? "slack:" + member;
            deciding.Write(IncidentDesk.StreamOf(known.Incident), new IncidentTold(known.Incident, TimelineKind.Chat, Plain(text), by, ""));
            return Outcome<bool>.Of(true);
            // Slack sends again what it thinks was not taken: a message has one time in its channel.
        }, $"slack:{channel}:{time}", stop);
        return Results.Ok();
    }

    private static async Task<IResult> CommandAsync(
        HttpContext http, SlackWorkspace slack, IHouse house, CompiledManifests manifests, IncidentDesk desk, UpdateDesk updates, CancellationToken stop)
    {
        var (bytes, refused) = await slack.ReadAsync(http);
        if (refused is not null) return refused;
        var form = QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(bytes));
        var (member, channel, words) = (form["user_id"].ToString(), form["channel_id"].ToString(), ChatWords.Read(form["text"].ToString()));
        if (words.Action == "help") return Say(ChatWords.Help);
        if (PersonOf(manifests.For(house.State), member) is not { } person) return Say($"Nines does not know you: add slack: {member} to your contacts.");
        var actor = Actor.Person(person.Id);
        if (words.Action == "declare")
        {
            var declared = await desk.DeclareAsync(actor, new(Title: words.Rest), "", stop);
            return declared.Ok ? Say($"{house.State.Get<IncidentBook>().All.GetValueOrDefault(declared.Value)?.Name} is declared.", everybody: true) : Say(ChatWords.Say(declared.Problems));
        }

        if (house.State.Get<IncidentChannelBook>().OfChannel(channel) is not { } known) return Say("This is no channel of an incident. Write it there, or declare one.");
        var done = await DoAsync(desk, updates, actor, known.Incident, words, stop);
        return done.Ok ? Say("Done.") : Say(ChatWords.Say(done.Problems));
    }

    private static Task<Outcome<string>> DoAsync(IncidentDesk desk, UpdateDesk updates, Actor actor, string incident, ChatWords words, CancellationToken stop) => words.Action switch
    {
        "note" => desk.NoteAsync(actor, incident, new(words.Rest), "", stop),
        "take" => Incidents.Api.IncidentsApi.RoleOf(words.First) is { Ok: true } role ? desk.TakeAsync(actor, incident, role.Value, "", "", stop) : Task.FromResult(Outcome<string>.Failed(Incidents.Api.IncidentsApi.RoleOf(words.First).Problems)),
        "severity" => desk.SeverityAsync(actor, incident, words.First, words.Rest, "", stop),
        "check-in" => desk.CheckInAsync(actor, incident, words.Rest, "", stop),
        "mitigate" => desk.MitigateAsync(actor, incident, words.Rest, "", stop),
        "mitigated" => desk.MitigatedAsync(actor, incident, words.Rest, "", stop),
        "resolve" => desk.ResolveAsync(actor, incident, new(words.Rest), "", stop),
        _ => updates.PostAsync(actor, incident, new(Text: words.Rest), "", stop),
    };

    private static Person? PersonOf(ManifestSet all, string member) =>
        CatalogView.Of(all).People.FirstOrDefault(p => p.Contacts.Any(c => c.Kind == ContactKinds.Slack && c.Address == member));

    // Slack escapes three characters, and wraps addresses and mentions in angle brackets.
    private static string Plain(string text)
    {
        var plain = text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
        return plain.Length > Longest ? plain[..Longest] + "…" : plain;
    }

    private static IResult Say(string text, bool everybody = false) => Results.Json(new JsonObject { ["response_type"] = everybody ? "in_channel" : "ephemeral", ["text"] = SlackText.Escape(text) }, HouseJson.Options);

    private static JsonObject? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject? from, string name) => from?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
