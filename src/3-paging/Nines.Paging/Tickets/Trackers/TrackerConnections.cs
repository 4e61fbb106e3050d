using System.Net;
using System.Net.Sockets;
using Nines.Paging.Channels;

namespace Nines.Paging.Tickets.Trackers;

/// <summary>Connections to trackers: no redirects, no cookies, and no forbidden address, judged after the name is resolved.</summary>
internal sealed class TrackerConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 64,
        ConnectCallback = ConnectAsync,
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) => _invoker.SendAsync(request, stop);

    public void Dispose() => _invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(host.Host, stop);
        foreach (var address in addresses)
            if (ForbiddenAddress.Why(address) is { } why)
                throw new HttpRequestException($"{host.Host} leads to {address}, which no tracker may be at: {why}.");
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
