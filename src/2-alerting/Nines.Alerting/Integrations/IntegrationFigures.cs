using System.Diagnostics.Metrics;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What one sender sent since the start of this node.</summary>
/// <param name="Name">The sender.</param>
/// <param name="Received">Alerts that were taken.</param>
/// <param name="LastAt">When something was taken last; null for never.</param>
/// <param name="Refused">Requests that were refused.</param>
/// <param name="LastRefusal">Why the last was; empty where none was.</param>
/// <param name="LastRefusedAt">When.</param>
public sealed record SenderFigures(string Name, long Received = 0, Instant? LastAt = null, long Refused = 0, string LastRefusal = "", Instant? LastRefusedAt = null);

/// <summary>Counts what came and what was refused, for each sender; in memory, because a renewal is no entry.</summary>
public sealed class IntegrationFigures(IMeterFactory meters) : IDisposable
{
    // Names come from outside where a house is open: beyond these, all count as one.
    private const int Most = 500;
    private const string Others = "others";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SenderFigures> _senders = new(StringComparer.Ordinal);
    private readonly Meter _meter = meters.Create("Nines.Integrations");
    private Counter<long>? _received;
    private Counter<long>? _refused;

    /// <summary>Something was taken.</summary>
    public void Took(string sender, string kind, int alerts, Instant now)
    {
        Count();
        lock (_gate)
        {
            var at = Known(sender);
            _senders[at] = _senders[at] with { Received = _senders[at].Received + alerts, LastAt = now };
            _received!.Add(alerts, new("integration", at), new("kind", kind));
        }
    }

    /// <summary>A request was refused; an empty sender is one that no integration knows.</summary>
    public void Refused(string sender, string kind, string why, Instant now)
    {
        Count();
        lock (_gate)
        {
            var at = Known(sender.Length == 0 ? kind : sender);
            _senders[at] = _senders[at] with { Refused = _senders[at].Refused + 1, LastRefusal = why, LastRefusedAt = now };
            _refused!.Add(1, new("integration", at), new("kind", kind));
        }
    }

    /// <summary>All senders that were heard of.</summary>
    public IReadOnlyList<SenderFigures> All
    {
        get
        {
            lock (_gate) return [.. _senders.Values];
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private string Known(string sender)
    {
        var at = _senders.ContainsKey(sender) || _senders.Count < Most ? sender : Others;
        _senders.TryAdd(at, new(at));
        return at;
    }

    // Made with the first request: the page of metrics listens by then.
    private void Count()
    {
        _received ??= _meter.CreateCounter<long>("nines_integrations_received_total", description: "Alerts that came from other programs, by integration.");
        _refused ??= _meter.CreateCounter<long>("nines_integrations_refused_total", description: "Requests from other programs that were refused, by integration.");
    }
}
