using System.Net;
using System.Net.Http.Headers;

namespace Nines.Host;

/// <summary>Opens the HTTP client of a command: no redirects, a bound on waiting, the token where there is one.</summary>
internal static class ServerConnection
{
    public static HttpClient Open(Uri address, string? token)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseProxy = false,
        };
        var client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
