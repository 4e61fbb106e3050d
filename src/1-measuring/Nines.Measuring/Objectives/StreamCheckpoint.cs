using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Ingestion;

namespace Nines.Measuring.Objectives;

/// <summary>The engine's part of a checkpoint: blocks of minutes that changed.</summary>
internal sealed class StreamCheckpoint(ObjectiveEngine engine, IHouse house) : ICheckpointPart
{
    /// <inheritdoc />
    public ValueTask RestoreAsync(ISignalStore store, CancellationToken stop)
    {
        engine.Refresh(house.State);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public void Save(CheckpointDraft draft)
    {
        lock (engine.Book.Gate)
        {
            foreach (var stream in engine.Book.Streams)
                stream.TakeBlocks((block, data) => draft.Blocks.Add(new(stream.Id, block, data)));
        }
    }

    /// <inheritdoc />
    public void Saved()
    {
        lock (engine.Book.Gate)
        {
            foreach (var stream in engine.Book.Streams) stream.BlocksKept();
        }
    }
}

/// <summary>Old minutes, read from the signal store when a window's far edge reaches them.</summary>
internal sealed class StoredBlocks(ISignalStore store) : IBlockSource
{
    /// <inheritdoc />
    public byte[]? Read(int stream, int block) => Wait(store.ReadBlockAsync(stream, block, CancellationToken.None));

    /// <inheritdoc />
    public IReadOnlyList<int> BlocksOf(int stream) => Wait(store.BlockNumbersAsync(stream, CancellationToken.None));

    /// <inheritdoc />
    public void Reserve(IReadOnlyList<string> names) =>
        Task.WhenAll(names.Select(name => store.StreamIdAsync(name, CancellationToken.None)).Where(asked => !asked.IsCompletedSuccessfully).Select(asked => asked.AsTask())).GetAwaiter().GetResult();

    /// <summary>The lasting number of a stream.</summary>
    public int IdOf(string name) => Wait(store.StreamIdAsync(name, CancellationToken.None));

    // A stream reads one block every 128 minutes and edge, inside the lock that guards its sums: the embedded store
    // answers at once, a remote one within a round trip.
    private static T Wait<T>(ValueTask<T> read) => read.IsCompletedSuccessfully ? read.Result : read.AsTask().GetAwaiter().GetResult();
}
