using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels.Slack;
using Nines.Shell;

namespace Nines.Paging.Channels.Api;

/// <summary>
/// Where Slack says which button somebody pressed. It is answered at once (Slack gives three seconds); a press counts for
/// the person whose contact has that member's id.
/// </summary>
internal static class SlackDoor
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 64 };
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    public static void Register(Registration room) =>
        room.Post("/in/slack/actions", Permission.OwnProof("channels", "Slack's signature over time and body"), PressedAsync);

    private static async Task<IResult> PressedAsync(HttpContext http, ChannelDesk desk, SlackWorkspace slack, AnswerDesk answers, TimeProvider clock, CancellationToken stop)
    {
        var (bytes, refused) = await slack.ReadAsync(http);
        if (refused is not null) return refused;
        if (Read(ProviderBody.Form(bytes).Field("payload")) is not { } pressed) return Results.Ok();
        var people = answers.PeopleAt(ContactKinds.Slack, pressed.Member);
        if (people.Count == 0)
        {
            await SayAsync(desk, clock, pressed.AnswerTo, $"Nines does not know you: add slack: {pressed.Member} to your contacts, or open the page.", stop);
            return Results.Ok();
        }

        // One member, one person; where two manifests share an id, the one that the message went to.
        var sent = answers.Find(pressed.Effect);
        var person = people.FirstOrDefault(p => p.Id == sent?.Person) ?? people[0];
        if (sent is { Kind: ContactKinds.Slack }) await answers.AnswerAsync(pressed.Effect, pressed.Answer, person.Id, stop);
        return Results.Ok();
    }

    private static async Task SayAsync(ChannelDesk desk, TimeProvider clock, string? to, string words, CancellationToken stop)
    {
        if (to is null || !Uri.TryCreate(to, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return;
        using var request = ChannelDesk.Post(to, new { response_type = "ephemeral", replace_original = false, text = words });
        using var patience = new CancellationTokenSource(Courtesy, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await desk.CallAsync(request, either.Token, readBody: false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // A courtesy; Slack waits no longer.
        }
    }

    private static Pressed? Read(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Shallow);
            JsonElement? root = document.RootElement;
            if (root.Text("type") != "block_actions" || root.Below("user").Text("id") is not { } member) return null;
            if (root.Below("actions") is not { ValueKind: JsonValueKind.Array } actions || actions.GetArrayLength() == 0) return null;
            JsonElement? action = actions[0];
            var answer = action.Text("action_id") switch { SlackBlocks.Acknowledge => ContactAnswer.Acknowledge, SlackBlocks.Escalate => ContactAnswer.Escalate, _ => null };
            return answer is not null && action.Text("value") is { } effect ? new(member, effect, answer, root.Text("response_url")) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Pressed(string Member, string Effect, string Answer, string? AnswerTo);
}
