using System.Net;
using System.Net.Sockets;

namespace Nines.Host.Demo;

/// <summary>Small web servers and clients on loopback: the demo's sockets, made in one place.</summary>
internal static class LoopbackHttp
{
    /// <summary>A client without proxy or redirects.</summary>
    public static HttpClient Open(TimeSpan patience, Uri? address = null) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            Timeout = patience,
            BaseAddress = address,
        };

    /// <summary>A web server on 127.0.0.1 that logs nothing; not started. Port 0 takes a free one.</summary>
    public static WebApplication Serve(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        return builder.Build();
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The wanted port if nobody listens on it, else 0 (any free one).</summary>
    public static int FreeOr0(int wanted)
    {
        if (wanted == 0) return 0;
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
            return wanted;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
