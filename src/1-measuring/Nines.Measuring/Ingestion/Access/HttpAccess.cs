using Nines.Catalog.Manifests;

namespace Nines.Measuring.Ingestion.Access;

/// <summary>How a server lets Nines in. Secrets are references only; they are read anew for every request, so that a rotated one is used at once.</summary>
public sealed record HttpAccess
{
    /// <summary>Nothing is asked.</summary>
    public static HttpAccess Open { get; } = new();

    /// <summary>Where a bearer token is kept; null for none.</summary>
    public SecretReference? Token { get; init; }

    /// <summary>User and password; null for none.</summary>
    public BasicLogin? Basic { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<AccessHeader> Headers { get; init; } = [];

    /// <summary>What differs from usual TLS; null for nothing.</summary>
    public TlsAccess? Tls { get; init; }

    /// <summary>Something goes along that only this server may see.</summary>
    public bool HasSecrets => Token is not null || Basic is not null || Headers.Any(header => header.Secret is not null);
}

/// <summary>HTTP basic authentication.</summary>
/// <param name="User">Name of the user.</param>
/// <param name="Password">Where the password is kept.</param>
public sealed record BasicLogin(string User, SecretReference Password);

/// <summary>One header to send.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty where it is a secret.</param>
/// <param name="Secret">Where its value is kept; null where it is plain.</param>
public sealed record AccessHeader(string Name, string Value, SecretReference? Secret);

/// <summary>What differs from usual TLS.</summary>
/// <param name="CaFile">Certificates (PEM) that are trusted instead of the system's; null for the system's.</param>
/// <param name="CertFile">Certificate (PEM) that Nines shows; null for none.</param>
/// <param name="KeyFile">Its private key (PEM).</param>
/// <param name="ServerName">Name that the server's certificate must be for; null for the address's host.</param>
/// <param name="SkipVerify">Takes any certificate.</param>
public sealed record TlsAccess(string? CaFile, string? CertFile, string? KeyFile, string? ServerName, bool SkipVerify);
