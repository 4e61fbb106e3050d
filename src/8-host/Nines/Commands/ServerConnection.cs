using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nines.Shell;

namespace Nines.Host;

/// <summary>Opens the HTTP client of a command: no redirects, a bound on waiting, the token where there is one.</summary>
internal static class ServerConnection
{
    /// <exception cref="IOException">The file of authorities cannot be read.</exception>
    public static HttpClient Open(ServerAddress server)
    {
        var (address, token, authorities) = server;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseProxy = false,
        };
        if (authorities is not null) handler.SslOptions.CertificateChainPolicy = Trusting(authorities);
        var client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Trusts the authorities (or self-signed certificates) of a PEM file instead of the system's.</summary>
    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            throw new IOException($"{file} holds no certificate: {e.Message}", e);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new IOException($"{file} holds no certificate. Name a PEM file with --ca.");
    }
}
