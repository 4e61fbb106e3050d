using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>One message on its way to one contact.</summary>
/// <param name="Delivery">The try.</param>
/// <param name="Contact">Whom it goes to.</param>
/// <param name="Message">What they are told.</param>
/// <param name="Secret">The contact's secret, read for this try; null where it has none.</param>
internal sealed record Envelope(Delivery Delivery, Contact Contact, ChannelMessage Message, string? Secret)
{
    public string Id => Delivery.Id;
}

/// <summary>
/// What every sender begins with: the contact is looked up and its secret read anew at each try, a payload that cannot
/// be read is a refusal and no exception, and what the provider said is stripped of addresses before it is written.
/// </summary>
internal abstract class ChannelSender(ChannelDesk desk) : IOutboxSender
{
    public abstract string Kind { get; }

    public virtual Duration Timeout => Duration.FromSeconds(10);

    protected ChannelDesk Desk { get; } = desk;

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (Desk.Find(delivery.Target) is not { } contact) return new(SendVerdict.Refused, $"The contact {delivery.Target} is gone.");
        if (await Desk.ReadAsync(delivery, contact, stop) is not { } message) return new(SendVerdict.Refused, "The message cannot be read.");
        string? secret = null;
        if (contact.Secret is { } kept)
        {
            var read = kept();
            // Somebody may mend it: it is tried again.
            if (!read.Ok) return new(SendVerdict.Retry, read.Problems[0].ToString());
            secret = read.Value;
        }

        var outcome = await SendAsync(new Envelope(delivery, contact, message, secret), stop);
        return outcome with { Reason = Discreet.Of(outcome.Reason, contact.Address, secret) };
    }

    /// <summary>Tries once. Answers of any kind are judged; nothing is thrown for them.</summary>
    protected abstract Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop);

    /// <summary>What a quiet message comes to where nothing was said that it could change.</summary>
    protected static SendOutcome NothingThere => new(SendVerdict.Accepted, "Nothing about this page stands there, so there was nothing to change.");

    /// <summary>The contact's own secret, else the one of the settings; a refusal in words where neither is there.</summary>
    protected static (string? Value, SendOutcome? Lacking) Needed(string? secret, Func<Outcome<string>?> setting, string lacking)
    {
        if (secret is not null) return (secret, null);
        return setting() switch
        {
            null => (null, new(SendVerdict.Refused, lacking)),
            { Ok: true } read => (read.Value, null),
            { } failed => (null, new(SendVerdict.Retry, failed.Problems[0].ToString())),
        };
    }
}
