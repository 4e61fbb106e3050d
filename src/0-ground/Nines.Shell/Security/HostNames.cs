using Microsoft.AspNetCore.Http;

namespace Nines.Shell.Security;

/// <summary>The names this server answers to: loopback always, others only when the settings, or a room, name them.</summary>
public sealed class HostNames(IEnumerable<string> more, IEnumerable<IFurtherHosts>? further = null)
{
    private readonly HashSet<string> _names = new(more.Select(n => n.Trim()).Where(n => n.Length > 0).Append("localhost").Append("127.0.0.1").Append("[::1]"), StringComparer.OrdinalIgnoreCase);

    private readonly IFurtherHosts[] _further = [.. further ?? []];

    /// <summary>A request without a Host (HTTP/1.0 programs) is let in: a browser always sends one.</summary>
    public bool Allows(HostString host) => !host.HasValue || _names.Contains(host.Host) || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(_further, f => f.Answers(host.Host));
}
