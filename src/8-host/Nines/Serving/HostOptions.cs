using System.Net;
using Nines.Kernel;

namespace Nines.Host;

/// <summary>How one server is started; the same for <c>serve</c>, the demo, stories and benchmarks.</summary>
public sealed record HostOptions
{
    /// <summary>Where people and programs reach it; port 0 takes a free one.</summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:7070");

    /// <summary>A port of its own for OTLP over gRPC (cleartext HTTP/2, or with the certificate); null for none.</summary>
    public Uri? OtlpGrpc { get; init; }

    /// <summary>The folder of the embedded store.</summary>
    public string Data { get; init; } = "nines-data";

    /// <summary>A watched folder of manifests; null for none.</summary>
    public string? Manifests { get; init; }

    /// <summary>True where nobody is asked who they are; loopback only.</summary>
    public bool Open { get; init; }

    /// <summary>True to offer set-up also where accounts exist, for a forgotten password.</summary>
    public bool Recover { get; init; }

    /// <summary>PEM file of the certificate and its chain; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key; the certificate's file where null.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Under which address people reach it; where it listens unless given.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Settings by key, such as <c>objectives:evaluateEvery</c>; they win over file and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>True when log lines shall be written to standard error.</summary>
    public bool Log { get; init; } = true;

    /// <summary>Everything that is wrong with these options, all at once; what depends on settings is asked of the built host.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        CheckAddress(Listen, "--listen", problems);
        if (OtlpGrpc is not null) CheckAddress(OtlpGrpc, "--otlp-grpc", problems);
        if (Manifests is not null && !Directory.Exists(Manifests))
            problems.Add(Problem.Invalid($"There is no folder \"{Manifests}\".", "Make it, or leave --manifests out.", "--manifests"));
        if (Certificate is null && CertificateKey is not null)
            problems.Add(Problem.Invalid("A key is named without its certificate.", "Name it with --certificate FILE.", "--certificate-key"));
        if (Certificate is not null && Listen.Scheme != "https")
            problems.Add(Problem.Invalid($"A certificate is named, but {Listen} is not an https address.", "Write --listen https://….", "--listen"));
        if (PublicUrl is { Scheme: not ("http" or "https") })
            problems.Add(Problem.Invalid($"\"{PublicUrl}\" is not an address for people.", "Write one such as https://nines.example.com.", "--public-url"));
        if (PublicUrl is null && IsEverywhere(Listen))
            problems.Add(Problem.Invalid($"\"{Listen.Host}\" means every address, but none that a link could lead to.", "Say how people reach it, such as --public-url https://nines.example.com.", "--public-url"));
        return problems;
    }

    private void CheckAddress(Uri address, string option, List<Problem> problems)
    {
        if (address.Scheme is not ("http" or "https"))
            problems.Add(Problem.Invalid($"\"{address}\" is not an http or https address.", "Write one such as http://127.0.0.1:7070.", option));
        else if (address.HostNameType == UriHostNameType.Dns && !address.IsLoopback)
            problems.Add(Problem.Invalid($"\"{address.Host}\" is a name; a server listens on an address.", "Write https://0.0.0.0:7443 for all of them, and the name with --public-url.", option));
        if (address.Scheme == "https" && Certificate is null)
            problems.Add(Problem.Invalid($"{address} needs a certificate.", "Name PEM files with --certificate FILE --certificate-key FILE.", "--certificate"));
        if (!address.IsLoopback && Open)
            problems.Add(Problem.Invalid($"\"{address.Host}\" is not a loopback address, and an open server listens to no other.", "Leave --open out: sign-in is then asked for.", option));
    }

    private static bool IsEverywhere(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
}
