using System.Net;
using System.Net.Sockets;

namespace Nines.Paging.Channels;

/// <summary>An address that no message may reach.</summary>
public sealed class ForbiddenAddressException(string message) : IOException(message);

/// <summary>The connections of everything that leaves over HTTP: no redirects, no proxies, no cookies, and no forbidden address, judged after the name is resolved.</summary>
public sealed class GuardedConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    public GuardedConnections() => _invoker = new(new SocketsHttpHandler
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
        // The resolver throws at 0.0.0.0 instead of answering it.
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host.Host, stop);
        foreach (var address in addresses)
            if (ForbiddenAddress.Why(address) is { } why)
                throw new ForbiddenAddressException($"{host.Host} leads to {address}, which nothing of ours may reach: {why}.");
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
