using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>When this node heard each heartbeat: memory, because a ping is no entry.</summary>
/// <param name="listening">Since when it listens.</param>
public sealed class HeartbeatBoard(Instant listening, IMeterFactory meters) : IDisposable
{
    private readonly ConcurrentDictionary<string, Instant> _last = new(StringComparer.Ordinal);
    private readonly Meter _meter = meters.Create("Nines.Heartbeats");
    private Counter<long>? _pings;
    private Counter<long>? _missed;

    /// <summary>Since when this node listens.</summary>
    public Instant Listening { get; } = listening;

    /// <summary>A ping came.</summary>
    public void Heard(string name, Instant at)
    {
        _last.AddOrUpdate(name, at, (_, known) => Instant.Max(known, at));
        _pings ??= _meter.CreateCounter<long>("nines_heartbeats_pings_total", description: "Signs of life that came, by heartbeat.");
        _pings.Add(1, new KeyValuePair<string, object?>("heartbeat", name));
    }

    /// <summary>One stayed out.</summary>
    public void Missed(string name)
    {
        _missed ??= _meter.CreateCounter<long>("nines_heartbeats_missed_total", description: "Heartbeats that stayed out, by heartbeat.");
        _missed.Add(1, new KeyValuePair<string, object?>("heartbeat", name));
    }

    /// <summary>When it was heard here; null for not since the start.</summary>
    public Instant? Last(string name) => _last.TryGetValue(name, out var at) ? at : null;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
