using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>
/// Sends a message as signed JSON to a person's webhook. The receiver sees one id at every try
/// (<c>Nines-Delivery-Id</c>), follows no redirect, and is given ten seconds.
/// </summary>
internal sealed class WebhookSender(ChannelDesk desk) : ChannelSender(desk)
{
    public const string DeliveryHeader = "Nines-Delivery-Id";

    public override string Kind => ContactKind.Webhook;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(envelope.Message, HouseJson.Options);
        using var request = Request(envelope, body);
        var reply = await Desk.CallAsync(request, stop, readBody: false);
        return reply.Judge(Desk.Now);
    }

    private HttpRequestMessage Request(Envelope envelope, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, envelope.Contact.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation(DeliveryHeader, envelope.Id);
        request.Headers.TryAddWithoutValidation("Nines-Delivery-Attempt", envelope.Delivery.Attempt.ToString(CultureInfo.InvariantCulture));
        if (envelope.Secret is { } secret)
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.Sign(secret, Desk.Now.ToUnixTimeSeconds(), body));
        return request;
    }
}
