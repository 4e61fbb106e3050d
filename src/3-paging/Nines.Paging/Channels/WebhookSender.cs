using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>
/// Sends a message as signed JSON to a person's webhook. The receiver sees one id at every try
/// (<c>Nines-Delivery-Id</c>), follows no redirect, and is given ten seconds.
/// </summary>
internal sealed class WebhookSender(IContactBook contacts, IHouse house, WebhookConnections connections, TimeProvider clock) : IOutboxSender
{
    public const string DeliveryHeader = "Nines-Delivery-Id";

    public string Kind => ContactKind.Webhook;

    public Duration Timeout => Duration.FromSeconds(10);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (contacts.Find(house.State, delivery.Target) is not { } contact)
            return new(SendVerdict.Refused, $"The contact {delivery.Target} is gone.");
        string? secret = null;
        if (contact.Secret is { } kept)
        {
            var read = kept();
            if (!read.Ok) return new(SendVerdict.Retry, read.Problems[0].ToString());
            secret = read.Value;
        }

        var body = Encoding.UTF8.GetBytes(delivery.Payload.GetRawText());
        using var request = Request(contact.Address, delivery, body, secret);
        try
        {
            using var response = await connections.SendAsync(request, stop);
            return WebhookAnswer.Judge((int)response.StatusCode, response.ReasonPhrase ?? "", RetryAfter(response), clock.Now());
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new(SendVerdict.Refused, forbidden.Message);
        }
        catch (HttpRequestException e)
        {
            return new(SendVerdict.Retry, $"The receiver could not be reached: {e.Message}");
        }
    }

    private HttpRequestMessage Request(string address, Delivery delivery, byte[] body, string? secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation(DeliveryHeader, delivery.Id);
        request.Headers.TryAddWithoutValidation("Nines-Delivery-Attempt", delivery.Attempt.ToString());
        request.Headers.TryAddWithoutValidation("User-Agent", "Nines");
        if (secret is not null)
            request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.Sign(secret, clock.Now().ToUnixTimeSeconds(), body));
        return request;
    }

    private static string? RetryAfter(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
}

/// <summary>An address that no webhook may reach.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);

/// <summary>The connections of webhooks: no redirects, no proxies, no cookies, and no forbidden address, judged after the name is resolved.</summary>
internal sealed class WebhookConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    public WebhookConnections() => _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 64,
        ConnectCallback = ConnectAsync,
    });

    /// <summary>Sends one request; headers are read, the body is not waited for.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) => _invoker.SendAsync(request, stop);

    public void Dispose() => _invoker.Dispose();

    /// <summary>The name is resolved here and the connection goes to the address that was judged: it cannot change in between.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(host.Host, stop);
        foreach (var address in addresses)
            if (ForbiddenAddress.Why(address) is { } why)
                throw new ForbiddenAddressException($"{host.Host} leads to {address}, which no webhook may reach: {why}.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
