using System.Runtime.CompilerServices;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Signals in memory, for stories, the simulation and unit tests; kept over its own disposal like a disk.</summary>
public sealed class MemorySignals : ISignalStore
{
    private readonly Lock _gate = new();
    private readonly Queue<SignalRecord> _log = [];
    private readonly SortedDictionary<long, byte[]> _blocks = [];
    private readonly SortedDictionary<string, byte[]> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _streams = [];
    private long _position;
    private long _checkpoint;

    /// <inheritdoc />
    public ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _log.Enqueue(new(++_position, kind, atUnixMs, body.ToArray()));
            return new(_position);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        SignalRecord[] found;
        lock (_gate) found = [.. _log.Where(r => r.Position > after)];
        foreach (var record in found)
        {
            stop.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc />
    public ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var block in checkpoint.Blocks) _blocks[BlockId.Of(block.Stream, block.Block)] = block.Data.ToArray();
            foreach (var (name, data) in checkpoint.States)
            {
                if (data is null) _states.Remove(name);
                else _states[name] = [.. data];
            }

            while (_log.TryPeek(out var oldest) && oldest.Position <= checkpoint.LogPosition) _log.Dequeue();
            _checkpoint = checkpoint.LogPosition;
            _position = Math.Max(_position, _checkpoint);
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc />
    public ValueTask<long> CheckpointPositionAsync(CancellationToken stop)
    {
        lock (_gate) return new(_checkpoint);
    }

    /// <inheritdoc />
    public ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop)
    {
        lock (_gate) return new(_states.TryGetValue(name, out var data) ? [.. data] : null);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop)
    {
        lock (_gate) return new([.. _states.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))]);
    }

    /// <inheritdoc />
    public ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop)
    {
        lock (_gate) return new(_blocks.TryGetValue(BlockId.Of(stream, block), out var data) ? [.. data] : null);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop)
    {
        lock (_gate) return new([.. BlocksOf(stream).Select(BlockId.BlockOf)]);
    }

    /// <inheritdoc />
    public ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop)
    {
        lock (_gate)
        {
            foreach (var id in BlocksOf(stream).Where(id => BlockId.BlockOf(id) < before).ToArray()) _blocks.Remove(id);
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc />
    public ValueTask<int> StreamIdAsync(string name, CancellationToken stop)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(name, out var id)) _streams[name] = id = _streams.Count + 1;
            return new(id);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<long> BlocksOf(int stream) => _blocks.Keys.Where(id => id >> 32 == stream);
}
