using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;

namespace Nines.Measuring.Ingestion.Access;

/// <summary>How a room's usual connections are made, before anything that a server asks for.</summary>
/// <param name="Name">Name of the room's client.</param>
/// <param name="Make">Makes its handler.</param>
public sealed record AccessBase(string Name, Func<SocketsHttpHandler> Make);

/// <summary>Gives the client for a server, and puts on each request what the server asks for.</summary>
public sealed class AccessClients(IHttpClientFactory clients)
{
    /// <summary>The room's usual client, or one of its own kind where TLS differs or secrets go along.</summary>
    public HttpClient For(string room, HttpAccess access)
    {
        var client = clients.CreateClient(access is { Tls: null, HasSecrets: false } ? room : AccessHandlers.NameOf(new(room, access.Tls, access.HasSecrets)));
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    /// <summary>Sets the headers; why that cannot be done, in words, or null.</summary>
    public static string? Prepare(HttpRequestMessage request, HttpAccess access)
    {
        foreach (var file in new[] { access.Tls?.CaFile, access.Tls?.CertFile, access.Tls?.KeyFile })
            if (file is not null && !File.Exists(file)) return $"There is no file {file}.";
        foreach (var header in access.Headers)
        {
            var value = header.Secret is { } kept ? SecretResolver.Resolve(kept) : header.Value;
            if (!value.Ok) return value.Problems[0].What;
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, value.Value);
        }

        if ((access.Token ?? access.Basic?.Password) is not { } reference) return null;
        var secret = SecretResolver.Resolve(reference);
        if (!secret.Ok) return secret.Problems[0].What;
        request.Headers.Authorization = access.Basic is { } login
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{secret.Value}")))
            : new AuthenticationHeaderValue("Bearer", secret.Value);
        return null;
    }
}

/// <summary>Makes handlers for servers that ask for more than usual; the client's name says what.</summary>
internal sealed class AccessHandlers(IEnumerable<AccessBase> rooms) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    private const string Prefix = "access ";

    /// <summary>What the client's name says.</summary>
    /// <param name="Room">The room's usual client.</param>
    /// <param name="Tls">What differs of TLS.</param>
    /// <param name="Secrets">Secrets go along.</param>
    internal sealed record Wanted(string Room, TlsAccess? Tls, bool Secrets);

    public static string NameOf(Wanted wanted) => Prefix + JsonSerializer.Serialize(wanted);

    public void Configure(HttpClientFactoryOptions options)
    {
        // The client without a name is nobody's.
    }

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name?.StartsWith(Prefix, StringComparison.Ordinal) != true) return;
        var wanted = JsonSerializer.Deserialize<Wanted>(name.AsSpan(Prefix.Length))!;
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = Handler(wanted));
    }

    private SocketsHttpHandler Handler(Wanted wanted)
    {
        var handler = rooms.First(room => room.Name == wanted.Room).Make();
        // A redirect would carry a secret header to whomever it names.
        if (wanted.Secrets) handler.AllowAutoRedirect = false;
        if (wanted.Tls is { } tls) handler.SslOptions = Ssl(tls);
        return handler;
    }

    [SuppressMessage("Security", "CA5359", Justification = "Declared with insecureSkipVerify, which validate and apply note.")]
    // Files are read at each handshake, so that a renewed certificate is used with the next connection.
    private static SslClientAuthenticationOptions Ssl(TlsAccess tls)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = tls.ServerName };
        if (tls is { CertFile: { } cert, KeyFile: { } key }) options.LocalCertificateSelectionCallback = (_, _, _, _, _) => X509Certificate2.CreateFromPemFile(cert, key);
        if (tls.SkipVerify) options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (tls.CaFile is { } ca) options.RemoteCertificateValidationCallback = (_, shown, chain, errors) => IsTrusted(ca, shown, chain, errors);
        return options;
    }

    private static bool IsTrusted(string caFile, X509Certificate? shown, X509Chain? seen, SslPolicyErrors errors)
    {
        if (shown is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        try
        {
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception broken) when (broken is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }

        if (seen is not null) foreach (var element in seen.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var certificate = new X509Certificate2(shown);
        return chain.Build(certificate);
    }
}
