using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Copies everything from one store into an empty one of any kind: positions, versions, causes and ids stay what they
/// were. Snapshots are left out; the next start folds the journal.
/// </summary>
internal static class StoreCopy
{
    private const int BatchSize = 1_000;

    /// <exception cref="StorageException">The target holds something already.</exception>
    public static async Task CopyAsync(Store from, Store to, string target, CancellationToken stop)
    {
        if (await to.Journal.HeadAsync(stop) > 0 || ((ISignalContents)to.Signals).Streams.Count > 0)
            throw new StorageException($"{target} already holds a journal. Name an empty one to restore into; nothing was changed.");
        await CopyJournalAsync(from.Journal, to.Journal, stop);
        await CopySignalsAsync(from.Signals, to.Signals, stop);
        await ((IKeyContents)to.Keys).ImportAsync(((IKeyContents)from.Keys).All, stop);
    }

    private static async Task CopyJournalAsync(IJournal from, IJournal to, CancellationToken stop)
    {
        var head = 0L;
        var batch = new List<NewEntry>(BatchSize);
        await foreach (var e in from.ReadAsync(0, stop))
        {
            batch.Add(new(e.Stream, e.Type, e.At, e.Actor, e.Cause, -1, e.Key, e.Data));
            if (batch.Count < BatchSize) continue;
            head = (await to.AppendAsync(head, batch, stop)).Head;
            batch.Clear();
        }

        if (batch.Count > 0) await to.AppendAsync(head, batch, stop);
    }

    private static async Task CopySignalsAsync(ISignalStore from, ISignalStore to, CancellationToken stop)
    {
        var streams = ((ISignalContents)from).Streams;
        await ((ISignalContents)to).ImportStreamsAsync(streams, stop);
        var position = await from.CheckpointPositionAsync(stop);
        foreach (var (id, _) in streams)
        {
            var blocks = new List<SignalBlock>();
            foreach (var number in await from.BlockNumbersAsync(id, stop))
                if (await from.ReadBlockAsync(id, number, stop) is { } data) blocks.Add(new(id, number, data));
            if (blocks.Count > 0) await to.CheckpointAsync(new(0, blocks, []), stop);
        }

        var states = new List<KeyValuePair<string, byte[]?>>();
        foreach (var name in await from.StateNamesAsync("", stop)) states.Add(new(name, await from.ReadStateAsync(name, stop)));
        await to.CheckpointAsync(new(position, [], states), stop);
        await foreach (var record in from.ReadLogAsync(position, stop)) await to.AppendLogAsync(record.Kind, record.AtUnixMs, record.Body, stop);
    }
}
