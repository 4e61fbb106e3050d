using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Nines.Paging.Channels;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Connections to programs that strangers name: no redirects, no proxy, no cookies, and, unless the settings allow it, nothing of a
/// private network or of this machine, judged after the name is resolved. The connection goes to the address that was judged.
/// </summary>
public sealed class OutsideConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _privateToo;

    /// <summary>Connects as the settings allow.</summary>
    public OutsideConnections(IOptions<StatusPagesOptions> options)
    {
        _privateToo = options.Value.PrivateWebhooks;
        _invoker = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseHeadersLength = 64,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Sends one request; the answer's body is not waited for.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) => _invoker.SendAsync(request, stop);

    /// <inheritdoc />
    public void Dispose() => _invoker.Dispose();

    /// <summary>Why a stranger's program is not called there; null where it is.</summary>
    public static string? Why(IPAddress address, bool privateToo)
    {
        if (ForbiddenAddress.Why(address) is { } why) return why;
        if (privateToo) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return "it is this machine";
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal ? "it is a private network" : null;
        var bytes = address.GetAddressBytes();
        return (bytes[0], bytes[1]) switch
        {
            (10, _) or (192, 168) or (172, >= 16 and <= 31) => "it is a private network",
            (100, >= 64 and <= 127) => "it is a provider's inner network",
            (127, _) => "it is this machine",
            (198, 18 or 19) => "it is a network for measurements",
            _ => null,
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint;
        // The resolver throws at 0.0.0.0 instead of answering it.
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host.Host, stop);
        foreach (var address in addresses)
            if (Why(address, _privateToo) is { } why) throw new ForbiddenAddressException($"{host.Host} leads where no subscriber's program may be: {why}.");
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
