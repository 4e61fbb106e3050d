using Nines.Kernel;
using Nines.Measuring.Ingestion;

namespace Nines.Measuring.Signals;

/// <summary>The hub's part of a checkpoint.</summary>
internal sealed class HubCheckpoint(SignalHub hub) : ICheckpointPart
{
    private readonly HashSet<int> _drafted = [];
    private int _writtenChunks;

    /// <summary>After every other part: the hub needs its bindings to know what of the kept series is still asked for.</summary>
    public int RestoreOrder => 100;

    public async ValueTask RestoreAsync(ISignalStore store, CancellationToken stop)
    {
        if (await store.ReadStateAsync(HubImage.TargetsState, stop) is not { } targets) return;
        var series = await ChunksAsync(store, HubImage.SeriesPrefix, stop);
        var values = await ChunksAsync(store, HubImage.ValuesPrefix, stop);
        _writtenChunks = series.Count;
        hub.Restore(targets, series, values);
    }

    public void Save(CheckpointDraft draft) => hub.Inside((series, targets, families) =>
    {
        State(draft, HubImage.TargetsState, HubImage.WriteTargets(targets, families));
        _drafted.UnionWith(series.TakeChanged());
        var chunks = (series.Count + HubImage.ChunkSize - 1) / HubImage.ChunkSize;
        foreach (var chunk in _drafted) State(draft, HubImage.SeriesPrefix + chunk, HubImage.WriteSeries(series, chunk));
        for (var chunk = 0; chunk < chunks; chunk++) State(draft, HubImage.ValuesPrefix + chunk, HubImage.WriteValues(series, chunk));
        for (var chunk = chunks; chunk < _writtenChunks; chunk++)
        {
            State(draft, HubImage.SeriesPrefix + chunk, null);
            State(draft, HubImage.ValuesPrefix + chunk, null);
        }
        _writtenChunks = Math.Max(_writtenChunks, chunks);
    });

    public void Saved() => _drafted.Clear();

    private static void State(CheckpointDraft draft, string name, byte[]? data) => draft.States.Add(new(name, data));

    private static async Task<Dictionary<int, byte[]>> ChunksAsync(ISignalStore store, string prefix, CancellationToken stop)
    {
        var chunks = new Dictionary<int, byte[]>();
        foreach (var name in await store.StateNamesAsync(prefix, stop))
            if (int.TryParse(name.AsSpan(prefix.Length), out var chunk) && await store.ReadStateAsync(name, stop) is { } data)
                chunks[chunk] = data;
        return chunks;
    }
}
