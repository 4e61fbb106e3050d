using System.Globalization;
using System.Security.Cryptography;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels.Push;

/// <summary>Sends a message to a browser that signed up, through its maker's push service. A browser that is gone is forgotten.</summary>
internal sealed class PushSender(ChannelDesk desk, PushKeys keys, SignedLinks links) : ChannelSender(desk)
{
    // A phone that was off for longer finds the page itself.
    private static readonly Duration PageLife = Duration.FromMinutes(30);
    private static readonly Duration OtherLife = Duration.FromHours(12);
    private static readonly Duration ReceiptLife = Duration.FromDays(7);

    public override string Kind => ContactKinds.Push;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        if (envelope.Secret is null || PushAddress.Read(envelope.Secret) is not { } address || address.Problems().Count > 0)
            return new(SendVerdict.Refused, "The subscription cannot be read: sign the device up again.");
        var endpoint = new Uri(address.Endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(await EncryptAsync(envelope, address, stop)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "aes128gcm");
        var token = await keys.GetAsync(stop);
        request.Headers.TryAddWithoutValidation("Authorization", token.Header(endpoint, Subject(), Desk.Now));
        var page = envelope.Message.Severity == AlertSeverity.Page;
        request.Headers.TryAddWithoutValidation("TTL", ((long)(page ? PageLife : OtherLife).TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", PushNotice.Wakes(envelope.Message) ? "high" : page ? "normal" : "low");
        // A newer message of the page takes the place of one that the phone has not fetched yet.
        request.Headers.TryAddWithoutValidation("Topic", envelope.Message.Page.Length is > 0 and <= 32 ? envelope.Message.Page : envelope.Id);
        return await JudgeAsync(await Desk.CallAsync(request, stop), envelope, stop);
    }

    private async Task<SendOutcome> JudgeAsync(ProviderReply reply, Envelope envelope, CancellationToken stop)
    {
        if (reply.Status is not (404 or 410)) return reply.Judge(Desk.Now);
        const string gone = "The browser takes no push any more.";
        var device = Desk.Book.Devices.Values.FirstOrDefault(d => $"{d.Person}/{d.ContactName}" == envelope.Contact.Name);
        if (device is not null)
            await Desk.WriteAsync(Actor.Door("push"), deciding => deciding.State.Get<ChannelBook>().Devices.ContainsKey(device.Id)
                ? [(ReceiptRule.StreamOfPerson(device.Person), new PushEnded(device.Id, device.Person, gone))]
                : [], stop);
        return new(SendVerdict.Refused, gone);
    }

    private async Task<byte[]> EncryptAsync(Envelope envelope, PushAddress address, CancellationToken stop)
    {
        var until = Desk.Now + ReceiptLife;
        var receipt = await links.SignAsync(PushNotice.ReceiptPurpose, envelope.Id, until, Desk.Now, stop);
        var acknowledge = MessageFacts.CanAnswer(envelope.Message) ? await links.SignAsync(PushNotice.AcknowledgePurpose, envelope.Id, until, Desk.Now, stop) : null;
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return PushEncryption.Encrypt(
            PushNotice.Of(envelope.Message, envelope.Id, receipt, acknowledge), PushAddress.Bytes(address.P256dh)!, PushAddress.Bytes(address.Auth)!, key, RandomNumberGenerator.GetBytes(16));
    }

    private string Subject()
    {
        if (Desk.Settings.PushContact.Length > 0) return Desk.Settings.PushContact;
        return Desk.PublicUrl.StartsWith("https://", StringComparison.Ordinal) ? Desk.PublicUrl : "mailto:" + Desk.Settings.SmtpFrom;
    }
}
