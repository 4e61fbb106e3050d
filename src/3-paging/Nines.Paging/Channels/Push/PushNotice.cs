using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Paging.Channels.Push;

/// <summary>What the service worker reads. Pure.</summary>
/// <param name="Effect">The delivery, which its receipts name.</param>
/// <param name="Title">First line.</param>
/// <param name="Body">The brief.</param>
/// <param name="Tag">Notifications of one page take each other's place.</param>
/// <param name="Url">What a tap opens.</param>
/// <param name="Rings">True where it stays until somebody has touched it.</param>
/// <param name="Receipt">Lets the device say that it is there, and that it was seen.</param>
/// <param name="Acknowledge">Lets the device acknowledge; null where there is nothing to.</param>
/// <param name="Quiet">True where it takes the place of what is shown, without a sound.</param>
public sealed record PushNotice(string Effect, string Title, string Body, string Tag, string Url, bool Rings, string Receipt, string? Acknowledge, bool Quiet = false)
{
    /// <summary>What a signed receipt is for.</summary>
    public const string ReceiptPurpose = "push.receipt";

    /// <summary>What a signed acknowledgement is for.</summary>
    public const string AcknowledgePurpose = "push.acknowledge";

    private const int LongestTitle = 120;
    private const int LongestBody = 1000;

    /// <summary>The bytes to encrypt; never more than a push may hold.</summary>
    public static byte[] Of(ChannelMessage message, string effect, string receipt, string? acknowledge) => JsonSerializer.SerializeToUtf8Bytes(
        new PushNotice(
            effect, Shorten.ToBytes(MessageFacts.Title(message), LongestTitle), Shorten.ToBytes(MessageFacts.Body(message), LongestBody),
            message.Page.Length > 0 ? message.Page : effect, message.Url.Length <= LongestBody ? message.Url : "/", Wakes(message), receipt, acknowledge, MessageEvent.IsQuiet(message.Event)),
        HouseJson.Options);

    /// <summary>True where somebody must look at once.</summary>
    public static bool Wakes(ChannelMessage message) =>
        message.Event == MessageEvent.Test || (message is { Severity: AlertSeverity.Page, Open: true } && !MessageEvent.IsQuiet(message.Event));
}
