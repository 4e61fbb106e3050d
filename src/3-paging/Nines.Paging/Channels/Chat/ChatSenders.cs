using Nines.Catalog;
using Nines.Kernel;
using System.Globalization;

namespace Nines.Paging.Channels.Chat;

/// <summary>Posts to an address that is itself the secret: whoever knows it may post there.</summary>
internal abstract class SecretAddressSender(ChannelDesk desk) : ChannelSender(desk)
{
    protected sealed override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        if (!Uri.TryCreate(envelope.Secret, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            return new(SendVerdict.Refused, $"The secret {envelope.Contact.Address} holds no address: keep the whole {Kind} URL there.");
        using var request = Request(address, envelope);
        if (request is null) return NothingThere;
        var reply = await Desk.CallAsync(request, stop);
        await KeepAsync(envelope, reply, stop);
        return Judge(reply);
    }

    /// <summary>The call; null where there is nothing to be done.</summary>
    protected virtual HttpRequestMessage? Request(Uri address, Envelope envelope) => ChannelDesk.Post(address.AbsoluteUri, Body(envelope.Message));

    /// <summary>Remembers what a later message needs of the answer.</summary>
    protected virtual Task KeepAsync(Envelope envelope, ProviderReply reply, CancellationToken stop) => Task.CompletedTask;

    protected abstract object Body(ChannelMessage message);

    protected virtual SendOutcome Judge(ProviderReply reply) => reply.Judge(Desk.Now);
}

/// <summary>Microsoft Teams, by the address of a workflow "when a webhook request is received".</summary>
internal sealed class TeamsSender(ChannelDesk desk) : SecretAddressSender(desk)
{
    public override string Kind => ContactKinds.Teams;

    protected override object Body(ChannelMessage message) => TeamsCard.Body(message);
}

/// <summary>A Mattermost incoming webhook.</summary>
internal sealed class MattermostSender(ChannelDesk desk) : SecretAddressSender(desk)
{
    public override string Kind => ContactKinds.Mattermost;

    protected override object Body(ChannelMessage message) => MattermostPost.Body(message);
}

/// <summary>A Discord webhook.</summary>
internal sealed class DiscordSender(ChannelDesk desk) : SecretAddressSender(desk)
{
    // A snowflake has twenty digits.
    private const int LongestId = 32;

    public override string Kind => ContactKinds.Discord;

    protected override object Body(ChannelMessage message) => DiscordPost.Body(message);

    /// <summary>Without <c>wait</c> Discord answers 204 before it has looked at the message. A quiet one changes the first about its page.</summary>
    protected override HttpRequestMessage? Request(Uri address, Envelope envelope)
    {
        var body = DiscordPost.Body(envelope.Message);
        if (!MessageEvent.IsQuiet(envelope.Message.Event))
            return ChannelDesk.Post(address.Query.Contains("wait=", StringComparison.Ordinal) ? address.AbsoluteUri : address.AbsoluteUri + (address.Query.Length > 0 ? "&" : "?") + "wait=true", body);
        if (envelope.Message.Thread is not { } first || Desk.Book.Sent.GetValueOrDefault(first)?.Reference is not { Length: > 0 } id) return null;
        body.Remove("username");
        var change = ChannelDesk.Post($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/messages/{Uri.EscapeDataString(id)}{address.Query}", body);
        change.Method = HttpMethod.Patch;
        return change;
    }

    protected override async Task KeepAsync(Envelope envelope, ProviderReply reply, CancellationToken stop)
    {
        if (!reply.Ok || envelope.Message is not { Thread: null, Page.Length: > 0 } || reply.Json().Text("id") is not { Length: > 0 and <= LongestId } id) return;
        await Desk.WriteAsync(Actor.Door("discord"), _ => [(Outbox.StreamOf(envelope.Id), new MessageReferenced(envelope.Id, id))], stop);
    }

    /// <summary>Discord says in the body, to the millisecond, how long to wait.</summary>
    protected override SendOutcome Judge(ProviderReply reply) => reply is { Status: 429, RetryAfter: null } && reply.Json().Number("retry_after") is >= 0 and < 86_400 and var seconds
        ? (reply with { RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture) }).Judge(Desk.Now)
        : reply.Judge(Desk.Now, reply.Ok ? null : reply.Json().Text("message"));
}
