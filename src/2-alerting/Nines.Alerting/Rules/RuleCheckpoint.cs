using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals;

namespace Nines.Alerting.Rules;

/// <summary>The rules' part of a checkpoint: their last hour, so that a restart does not ask for a condition's whole time again.</summary>
internal sealed class RuleCheckpoint(RuleEngine engine, SignalHub hub, CompiledManifests manifests, IHouse house) : ICheckpointPart
{
    private const string State = "rules.minutes";

    /// <inheritdoc />
    public async ValueTask RestoreAsync(ISignalStore store, CancellationToken stop)
    {
        AlertRule[] rules = [.. manifests.For(house.State).Of<AlertRule>()];
        var image = await store.ReadStateAsync(State, stop);
        // Bound before the log is replayed, or what came since the checkpoint would meet nobody.
        hub.SetTaps(engine.Restore(rules, image), engine);
    }

    /// <inheritdoc />
    public void Save(CheckpointDraft draft) => draft.States.Add(new(State, engine.Save()));

    /// <inheritdoc />
    public void Saved()
    {
    }
}
