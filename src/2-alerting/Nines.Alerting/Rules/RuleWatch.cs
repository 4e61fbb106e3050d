using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Alerting.Rules;

/// <summary>Keeps the rules that are watched those of the newest manifests.</summary>
internal sealed class RuleWatch(RuleEngine engine, SignalHub hub, CompiledManifests manifests) : IManifestFollower
{
    private readonly Lock _changing = new();
    private volatile ManifestSet? _seen;

    /// <inheritdoc />
    public bool IsStale(HouseState state) => !ReferenceEquals(_seen, manifests.For(state));

    /// <inheritdoc />
    public void Follow(HouseState state)
    {
        lock (_changing)
        {
            var set = manifests.For(state);
            if (ReferenceEquals(_seen, set)) return;
            AlertRule[] rules = [.. set.Of<AlertRule>()];
            // Binding anew looks at every series: only where rules changed.
            if (_seen is null || !rules.SequenceEqual(_seen.Of<AlertRule>())) hub.SetTaps(engine.Watch(rules), engine);
            _seen = set;
        }
    }
}
