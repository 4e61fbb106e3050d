using System.Collections.Concurrent;
using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>The last result of a probe.</summary>
/// <param name="Name">The probe.</param>
/// <param name="Good">How it went.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Detail">The same as a sentence.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="At">When it ended.</param>
/// <param name="CertificateRemainingSeconds">How long the certificate is valid yet, where one was seen.</param>
public sealed record ProbeStatus(string Name, bool Good, string Reason, string Detail, double Seconds, Instant At, double? CertificateRemainingSeconds);

/// <summary>The last result of every probe, for people.</summary>
public sealed class ProbeBoard
{
    private readonly ConcurrentDictionary<string, ProbeStatus> _last = [];

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<ProbeStatus> All => [.. _last.Values.OrderBy(status => status.Name, StringComparer.Ordinal)];

    /// <summary>Keeps a result; true where the outcome differs from the one before.</summary>
    public bool Put(string name, ProbeResult result, Duration took, Instant at)
    {
        var before = _last.GetValueOrDefault(name);
        _last[name] = new(name, result.Good, result.Reason, result.Detail, took.TotalSeconds, at, result.CertificateRemaining?.TotalSeconds);
        return before is null || before.Good != result.Good || before.Reason != result.Reason;
    }

    /// <summary>Forgets probes that are not declared any more.</summary>
    public void Keep(IReadOnlyList<Probe> probes)
    {
        foreach (var name in _last.Keys)
            if (!probes.Any(probe => probe.Name == name)) _last.TryRemove(name, out _);
    }
}
