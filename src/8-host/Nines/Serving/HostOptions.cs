using Nines.Kernel;

namespace Nines.Host;

/// <summary>How one server is started; the same for <c>serve</c>, the demo, stories and benchmarks.</summary>
public sealed record HostOptions
{
    /// <summary>Where people and programs reach it; port 0 takes a free one.</summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:7070");

    /// <summary>A port of its own for OTLP over gRPC (cleartext HTTP/2); null for none.</summary>
    public Uri? OtlpGrpc { get; init; }

    /// <summary>The folder of the embedded store.</summary>
    public string Data { get; init; } = "nines-data";

    /// <summary>A watched folder of manifests; null for none.</summary>
    public string? Manifests { get; init; }

    /// <summary>Settings by key, such as <c>objectives:evaluateEvery</c>; they win over file and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>True when log lines shall be written to standard error.</summary>
    public bool Log { get; init; } = true;

    /// <summary>Everything that is wrong with these options, all at once.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        CheckAddress(Listen, "--listen", problems);
        if (OtlpGrpc is not null) CheckAddress(OtlpGrpc, "--otlp-grpc", problems);
        if (Manifests is not null && !Directory.Exists(Manifests))
            problems.Add(Problem.Invalid($"There is no folder \"{Manifests}\".", "Make it, or leave --manifests out.", "--manifests"));
        return problems;
    }

    private static void CheckAddress(Uri address, string option, List<Problem> problems)
    {
        if (address.Scheme != "http")
            problems.Add(Problem.Invalid($"\"{address}\" is not an http address.", "Write one such as http://127.0.0.1:7070; put a proxy in front for TLS.", option));
        else if (!address.IsLoopback)
            problems.Add(Problem.Invalid(
                $"\"{address.Host}\" is not a loopback address, and this version has no sign-in yet.",
                "Listen on 127.0.0.1 and put a proxy that signs people in before it.", option));
    }
}
