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
        using var request = ChannelDesk.Post(Address(address), Body(envelope.Message));
        return Judge(await Desk.CallAsync(request, stop));
    }

    protected virtual string Address(Uri given) => given.AbsoluteUri;

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
    public override string Kind => ContactKinds.Discord;

    protected override object Body(ChannelMessage message) => DiscordPost.Body(message);

    /// <summary>Without <c>wait</c> Discord answers 204 before it has looked at the message.</summary>
    protected override string Address(Uri given) => given.Query.Contains("wait=", StringComparison.Ordinal) ? given.AbsoluteUri : given.AbsoluteUri + (given.Query.Length > 0 ? "&" : "?") + "wait=true";

    /// <summary>Discord says in the body, to the millisecond, how long to wait.</summary>
    protected override SendOutcome Judge(ProviderReply reply) => reply is { Status: 429, RetryAfter: null } && reply.Json().Number("retry_after") is >= 0 and < 86_400 and var seconds
        ? (reply with { RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture) }).Judge(Desk.Now)
        : reply.Judge(Desk.Now, reply.Ok ? null : reply.Json().Text("message"));
}
