namespace Nines.Kernel;

/// <summary>
/// Where measured signals are kept: a log of accepted bodies (durable before the answer), blocks of minute sums, and
/// the state of the last checkpoint. Its own file and write-ahead log, so that a page never waits behind samples.
/// </summary>
public interface ISignalStore : IAsyncDisposable
{
    /// <summary>Appends one accepted body and returns its position once it is durable; concurrent calls share a commit.</summary>
    /// <param name="kind">The door that can read it again; see the doors' own constants.</param>
    /// <param name="atUnixMs">When it was received.</param>
    /// <param name="body">The bytes as accepted; not kept after the return.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="StorageException">The store refused; the body must not be acknowledged.</exception>
    ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop);

    /// <summary>The log after a position, in order.</summary>
    IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, CancellationToken stop);

    /// <summary>
    /// Keeps blocks and named states, and forgets the log up to a position, all in one durable step.
    /// </summary>
    ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop);

    /// <summary>The log position of the last checkpoint; 0 before the first.</summary>
    ValueTask<long> CheckpointPositionAsync(CancellationToken stop);

    /// <summary>A named state of the last checkpoint, or null.</summary>
    ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop);

    /// <summary>Names of kept states that begin with a prefix.</summary>
    ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop);

    /// <summary>One block, or null. Blocks are opaque here; the engine codes minutes into them.</summary>
    ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop);

    /// <summary>Numbers of the blocks kept for a stream, ascending.</summary>
    ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop);

    /// <summary>Forgets a stream's blocks before a number (retention).</summary>
    ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop);

    /// <summary>The lasting integer id of a stream's name, made at first sight.</summary>
    ValueTask<int> StreamIdAsync(string name, CancellationToken stop);
}

/// <summary>One accepted body in the log.</summary>
public readonly record struct SignalRecord(long Position, int Kind, long AtUnixMs, ReadOnlyMemory<byte> Body);

/// <summary>One block of a stream's minutes.</summary>
public readonly record struct SignalBlock(int Stream, int Block, ReadOnlyMemory<byte> Data);

/// <summary>Everything that one checkpoint makes durable together.</summary>
/// <param name="LogPosition">The log up to here is contained in blocks and states and is forgotten.</param>
/// <param name="Blocks">Blocks to write or replace.</param>
/// <param name="States">Named states to replace (series' last values, open minutes); null data deletes one.</param>
public sealed record SignalCheckpoint(
    long LogPosition, IReadOnlyList<SignalBlock> Blocks, IReadOnlyList<KeyValuePair<string, byte[]?>> States);
