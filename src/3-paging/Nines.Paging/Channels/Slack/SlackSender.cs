using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels.Slack;

/// <summary>
/// Posts a message to a Slack member or channel with buttons. What follows about the same page changes that message and
/// stands in its thread; a reminder is also shown in the channel.
/// </summary>
internal sealed class SlackSender(ChannelDesk desk, SlackWorkspace slack) : ChannelSender(desk)
{
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
        var updated = await slack.CallAsync("chat.update", update, token, stop);
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
        return (await slack.CallAsync("chat.update", update, token, stop)).Outcome;
    }

    private async Task<SendOutcome> PostAsync(Envelope envelope, string token, string channel, string? thread, CancellationToken stop)
    {
        var body = SlackBlocks.Body(envelope.Message, envelope.Id, channel);
        if (thread is not null)
        {
            body["thread_ts"] = thread;
            if (envelope.Message.Event is MessageEvent.Repeated or MessageEvent.Reopened) body["reply_broadcast"] = true;
        }

        var posted = await slack.CallAsync("chat.postMessage", body, token, stop);
        if (posted.Outcome.Verdict == SendVerdict.Accepted && thread is null && posted.Text("channel") is { } into && posted.Text("ts") is { } at)
            await Desk.WriteAsync(Actor.Door("slack"), _ => [(Outbox.StreamOf(envelope.Id), new MessageReferenced(envelope.Id, $"{into}/{at}"))], stop);
        return posted.Outcome;
    }
}
