using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion;

public class SignalLogTests
{
    [Fact]
    public async Task Checkpoint_NothingChanged_WritesNothing()
    {
        var (rig, part) = (new DoorRig(), new Part());
        var store = new CountingStore(rig.Store);
        using var log = new SignalLog(store, rig.Intake, [], [part]);
        await log.CheckpointAsync(default);
        Assert.Equal(1, store.Checkpoints);

        await log.CheckpointAsync(default);
        Assert.Equal(1, store.Checkpoints);

        part.Data = [1, 2, 4];
        await log.CheckpointAsync(default);
        Assert.Equal(2, store.Checkpoints);
        Assert.Equal(part.Data, await rig.Store.ReadStateAsync("part", default));
    }

    [Fact]
    public async Task Checkpoint_OneFailed_WritesItsStatesAgain()
    {
        var (rig, part) = (new DoorRig(), new Part());
        var store = new CountingStore(rig.Store) { Fails = true };
        using var log = new SignalLog(store, rig.Intake, [], [part]);
        await Assert.ThrowsAsync<StorageException>(() => log.CheckpointAsync(default));
        store.Fails = false;
        await log.CheckpointAsync(default);

        Assert.Equal(part.Data, await rig.Store.ReadStateAsync("part", default));
    }

    private sealed class Part : ICheckpointPart
    {
        public byte[] Data { get; set; } = [1, 2, 3];

        public ValueTask RestoreAsync(ISignalStore store, CancellationToken stop) => ValueTask.CompletedTask;

        public void Save(CheckpointDraft draft) => draft.States.Add(new("part", [.. Data]));

        public void Saved()
        {
        }
    }

    private sealed class CountingStore(ISignalStore store) : ISignalStore
    {
        public int Checkpoints { get; private set; }

        public bool Fails { get; set; }

        public ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop)
        {
            Checkpoints++;
            return Fails ? throw new StorageException("The disk is full.") : store.CheckpointAsync(checkpoint, stop);
        }

        public ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop) => store.AppendLogAsync(kind, atUnixMs, body, stop);

        public IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, CancellationToken stop) => store.ReadLogAsync(after, stop);

        public ValueTask<long> CheckpointPositionAsync(CancellationToken stop) => store.CheckpointPositionAsync(stop);

        public ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop) => store.ReadStateAsync(name, stop);

        public ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop) => store.StateNamesAsync(prefix, stop);

        public ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop) => store.ReadBlockAsync(stream, block, stop);

        public ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop) => store.BlockNumbersAsync(stream, stop);

        public ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop) => store.DropBlocksAsync(stream, before, stop);

        public ValueTask<int> StreamIdAsync(string name, CancellationToken stop) => store.StreamIdAsync(name, stop);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
