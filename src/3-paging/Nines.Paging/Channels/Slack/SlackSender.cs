using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels.Slack;

/// <summary>
/// Posts a message to a Slack member or channel with buttons. What follows about the same page changes that message and
/// stands in its thread; a reminder is also shown in the channel.
/// </summary>
internal sealed class SlackSender(ChannelDesk desk) : ChannelSender(desk)
{
    // Slack's own words for "try again" (api.slack.com/methods/chat.postMessage, errors).
    private static readonly HashSet<string> Passing = new(["ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"], StringComparer.Ordinal);

    public override string Kind => ContactKinds.Slack;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        var (token, lacking) = Needed(envelope.Secret, () => ChannelDesk.Setting(Desk.Settings.SlackToken), "No Slack app is configured: set channels:slackToken to its bot token, or give the contact a secret of its own.");
        if (lacking is not null) return lacking;
        var first = envelope.Message.Thread is { } thread ? Desk.Book.Sent.GetValueOrDefault(thread)?.Reference : null;
        if (MessageEvent.IsQuiet(envelope.Message.Event)) return await ChangeAsync(envelope, token!, first, stop);
        return first is not null && first.Split('/') is [var channel, var time]
            ? await FollowAsync(envelope, token!, channel, time, stop)
            : await PostAsync(envelope, token!, envelope.Contact.Address, null, stop);
    }

    private async Task<SendOutcome> FollowAsync(Envelope envelope, string token, string channel, string time, CancellationToken stop)
    {
        var update = SlackBlocks.Body(envelope.Message, envelope.Id, channel);
        update["ts"] = time;
        var updated = await CallAsync("chat.update", update, token, stop);
        if (updated.Outcome.Verdict == SendVerdict.Retry) return updated.Outcome;
        // A message that is gone or too old to be changed is no reason to stay silent.
        return await PostAsync(envelope, token, channel, updated.Outcome.Verdict == SendVerdict.Accepted ? time : null, stop);
    }

    /// <summary>A changed message makes no sound; a new one would.</summary>
    private async Task<SendOutcome> ChangeAsync(Envelope envelope, string token, string? first, CancellationToken stop)
    {
        if (first?.Split('/') is not [var channel, var time]) return NothingThere;
        var update = SlackBlocks.Body(envelope.Message, envelope.Id, channel);
        update["ts"] = time;
        return (await CallAsync("chat.update", update, token, stop)).Outcome;
    }

    private async Task<SendOutcome> PostAsync(Envelope envelope, string token, string channel, string? thread, CancellationToken stop)
    {
        var body = SlackBlocks.Body(envelope.Message, envelope.Id, channel);
        if (thread is not null)
        {
            body["thread_ts"] = thread;
            if (envelope.Message.Event is MessageEvent.Repeated or MessageEvent.Reopened) body["reply_broadcast"] = true;
        }

        var (outcome, answer) = await CallAsync("chat.postMessage", body, token, stop);
        if (outcome.Verdict == SendVerdict.Accepted && thread is null && answer.Channel is not null && answer.Time is not null)
            await Desk.WriteAsync(Actor.Door("slack"), _ => [(Outbox.StreamOf(envelope.Id), new MessageReferenced(envelope.Id, $"{answer.Channel}/{answer.Time}"))], stop);
        return outcome;
    }

    private async Task<(SendOutcome Outcome, (string? Channel, string? Time) Answer)> CallAsync(string method, JsonObject body, string token, CancellationToken stop)
    {
        using var request = ChannelDesk.Post($"{Desk.Settings.SlackUrl.TrimEnd('/')}/{method}", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var reply = await Desk.CallAsync(request, stop);
        if (!reply.Ok) return (reply.Judge(Desk.Now), default);
        var json = reply.Json();
        if (json.Below("ok") is null) return (ProviderReply.NotTheProvider("Slack", reply.Status), default);
        if (json.Says("ok")) return (new(SendVerdict.Accepted, "Slack took it."), (json.Text("channel"), json.Text("ts")));
        var error = json.Text("error") ?? "no reason";
        return (new(Passing.Contains(error) ? SendVerdict.Retry : SendVerdict.Refused, $"Slack said: {error}."), default);
    }
}
