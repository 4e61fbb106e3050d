using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host;

/// <summary>
/// The certificate that the server shows, with its key and its chain, from PEM files. A renewed file is taken within
/// seconds, without a restart; one that cannot be read leaves the old one in place and is told to the log.
/// </summary>
public sealed class CertificateFile : IDisposable
{
    private static readonly Duration LookEvery = Duration.FromSeconds(5);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private Action<Exception>? _failed;
    private SslServerAuthenticationOptions _shown;
    private (DateTime, DateTime) _written;
    private Instant _looked;

    private CertificateFile(string certificate, string key, TimeProvider clock)
    {
        (_certificate, _key, _clock) = (certificate, key, clock);
        _written = Written();
        (_shown, Expires) = Load();
        _looked = clock.Now();
    }

    /// <summary>When the certificate that is shown ends.</summary>
    public Instant Expires { get; private set; }

    /// <summary>Reads both files, or says what is wrong with them.</summary>
    public static Outcome<CertificateFile> Open(string certificate, string key, TimeProvider clock)
    {
        try
        {
            return new CertificateFile(certificate, key, clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Problem.Invalid($"The certificate cannot be read: {e.Message}", "Name PEM files that the user who runs Nines may read.", "--certificate");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Problem.Invalid($"{certificate} and {key} are no certificate with its key: {e.Message}", "Name a PEM file with the certificate and its chain, and one with the unencrypted private key that belongs to it.", "--certificate");
        }
    }

    /// <summary>Where failures to read a renewed file go.</summary>
    public void Tell(Action<Exception> failed) => _failed = failed;

    /// <summary>What a new connection is shown.</summary>
    public SslServerAuthenticationOptions Now()
    {
        lock (_gate)
        {
            var now = _clock.Now();
            if (now - _looked < LookEvery) return _shown;
            _looked = now;
            try
            {
                if (Written() is var written && written != _written) ((_shown, Expires), _written) = (Load(), written);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // Between the writing of the two files they do not fit: it is tried again.
                _failed?.Invoke(e);
            }

            return _shown;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _shown.ServerCertificateContext?.TargetCertificate.Dispose();

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    private (SslServerAuthenticationOptions, Instant) Load()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificate, _key);
        // Windows takes no key from memory.
        if (OperatingSystem.IsWindows()) certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate);
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return (new SslServerAuthenticationOptions { ServerCertificateContext = context }, Instant.FromDateTimeUtc(certificate.NotAfter.ToUniversalTime()));
    }
}
