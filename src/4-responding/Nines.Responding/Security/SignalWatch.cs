using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;

namespace Nines.Responding.Security;

/// <summary>Listens to the metrics that signals count, and counts what Nines' own doors refuse. It holds an hour; what it concludes is a case.</summary>
internal sealed class SignalWatch(SignalHub hub, CompiledManifests manifests) : IManifestFollower, IIndicatorSink
{
    private readonly Lock _gate = new();
    private volatile ManifestSet? _seen;
    private SecuritySignal[] _metrics = [];
    private SignalCounts _counts = new(0);
    private readonly SignalCounts _own = new(2);

    /// <inheritdoc />
    public bool IsStale(HouseState state) => !ReferenceEquals(_seen, manifests.For(state));

    /// <inheritdoc />
    public void Follow(HouseState state)
    {
        lock (_gate)
        {
            var set = manifests.For(state);
            if (ReferenceEquals(_seen, set)) return;
            SecuritySignal[] metrics = [.. SecurityPolicies.Signals(set).Where(s => s.Metric.Length > 0)];
            _seen = set;
            // Binding anew looks at every series: only where what is counted changed.
            if (metrics.Select(Key).SequenceEqual(_metrics.Select(Key), StringComparer.Ordinal)) return;
            (_metrics, _counts) = (metrics, new(metrics.Length));
        }

        hub.SetTaps([.. _metrics.Select((s, i) => new StreamBinding(Selector.Parse(s.Metric), i, StreamRole.Total))], this);

        static string Key(SecuritySignal signal) => $"{signal.Name} {signal.Metric}";
    }

    /// <summary>A door of Nines refused somebody.</summary>
    public void Refused(OwnFact fact, long unixMs)
    {
        lock (_gate) _own.Add(fact == OwnFact.SignInRefused ? 0 : 1, unixMs, 1);
    }

    /// <summary>What a signal counted within its time; null for one that counts elsewhere.</summary>
    public double? CountOf(SecuritySignal signal, long nowUnixMs)
    {
        lock (_gate)
        {
            if (signal.Own is { } own && OwnFacts.InMemory(own)) return _own.Sum(own == OwnFact.SignInRefused ? 0 : 1, nowUnixMs, (int)signal.Within.TotalMinutes);
            var row = Array.FindIndex(_metrics, m => m.Name == signal.Name);
            return row < 0 ? null : _counts.Sum(row, nowUnixMs, (int)signal.Within.TotalMinutes);
        }
    }

    /// <inheritdoc />
    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        lock (_gate)
            if (indicator < _metrics.Length) _counts.Add(indicator, unixMs, amount);
    }

    /// <inheritdoc />
    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true)
    {
        lock (_gate)
            if (indicator < _metrics.Length) _counts.AddSpread(indicator, fromUnixMs, toUnixMs, amount);
    }

    /// <inheritdoc />
    public void Fresh(int indicator, long unixMs)
    {
    }

    /// <inheritdoc />
    public void Raw(int indicator, long unixMs, double ratio)
    {
    }
}
