using Nines.Kernel;

namespace Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;

/// <summary>A signal store in memory that can be told to fail.</summary>
internal sealed class MemorySignalStore : ISignalStore
{
    private readonly Dictionary<string, byte[]> _states = [];

    public List<SignalRecord> Log { get; } = [];

    public long Checkpointed { get; private set; }

    public Exception? Failure { get; set; }

    public ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (Failure is not null) throw Failure;
        Log.Add(new(Log.Count + 1 + Checkpointed, kind, atUnixMs, body.ToArray()));
        return new(Log[^1].Position);
    }

    public async IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        foreach (var record in Log.Where(r => r.Position > after)) yield return record;
    }

    public ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop)
    {
        Checkpointed = checkpoint.LogPosition;
        Log.RemoveAll(r => r.Position <= Checkpointed);
        foreach (var (name, data) in checkpoint.States)
            if (data is null) _states.Remove(name);
            else _states[name] = data;
        return default;
    }

    public ValueTask<long> CheckpointPositionAsync(CancellationToken stop) => new(Checkpointed);

    public ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop) => new(_states.GetValueOrDefault(name));

    public ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop)
        => new([.. _states.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    public ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop) => new((byte[]?)null);

    public ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop) => new([]);

    public ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop) => default;

    public ValueTask<int> StreamIdAsync(string name, CancellationToken stop) => new(1);

    public ValueTask DisposeAsync() => default;
}
