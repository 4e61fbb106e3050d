using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Storage;
using Nines.Tests.Unit.Measuring.Signals;

namespace Nines.Tests.Unit.Measuring.Ingestion;

/// <summary>A clock that stands still until it is told.</summary>
internal sealed class StandingClock(long unixMs) : TimeProvider
{
    public long UnixMs { get; set; } = unixMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
}

/// <summary>A hub that counts one selector as total, behind an intake with a log in memory. <see cref="Restart"/> is a crash.</summary>
internal sealed class DoorRig
{
    public const long Start = 1_700_000_000_000;

    private readonly string[] _selectors;

    public DoorRig(params string[] selectors) : this(new MemorySignals(), selectors)
    {
    }

    private DoorRig(ISignalStore store, string[] selectors)
    {
        (Store, _selectors) = (store, selectors);
        Hub.SetBindings([.. selectors.Select((text, i) => new StreamBinding(Selector.Parse(text), i, StreamRole.Total))], Sink);
        Intake = new SignalIntake(new FailingStore(this), Hub);
        Counted = new CountedIntake(Hub, Intake, Clock);
    }

    public ISignalStore Store { get; }

    public SignalHub Hub { get; } = new();

    public RecordingSink Sink { get; } = new();

    public StandingClock Clock { get; } = new(Start);

    public SignalIntake Intake { get; }

    public CountedIntake Counted { get; }

    public bool DiskFull { get; set; }

    public double Events(int selector = 0) => Sink.Sum(selector);

    public SignalLog Log(params ISignalReplay[] doors) => new(Store, Intake, [Counted, .. doors], [Counted]);

    /// <summary>A new process over the same store.</summary>
    public DoorRig Restart() => new(Store, _selectors);

    private sealed class FailingStore(DoorRig rig) : ISignalStore
    {
        public ValueTask<long> AppendLogAsync(int kind, long atUnixMs, ReadOnlyMemory<byte> body, CancellationToken stop) => rig.DiskFull
            ? throw new StorageException("The disk is full.")
            : rig.Store.AppendLogAsync(kind, atUnixMs, body, stop);

        public IAsyncEnumerable<SignalRecord> ReadLogAsync(long after, CancellationToken stop) => rig.Store.ReadLogAsync(after, stop);

        public ValueTask CheckpointAsync(SignalCheckpoint checkpoint, CancellationToken stop) => rig.Store.CheckpointAsync(checkpoint, stop);

        public ValueTask<long> CheckpointPositionAsync(CancellationToken stop) => rig.Store.CheckpointPositionAsync(stop);

        public ValueTask<byte[]?> ReadStateAsync(string name, CancellationToken stop) => rig.Store.ReadStateAsync(name, stop);

        public ValueTask<IReadOnlyList<string>> StateNamesAsync(string prefix, CancellationToken stop) => rig.Store.StateNamesAsync(prefix, stop);

        public ValueTask<byte[]?> ReadBlockAsync(int stream, int block, CancellationToken stop) => rig.Store.ReadBlockAsync(stream, block, stop);

        public ValueTask<IReadOnlyList<int>> BlockNumbersAsync(int stream, CancellationToken stop) => rig.Store.BlockNumbersAsync(stream, stop);

        public ValueTask DropBlocksAsync(int stream, int before, CancellationToken stop) => rig.Store.DropBlocksAsync(stream, before, stop);

        public ValueTask<int> StreamIdAsync(string name, CancellationToken stop) => rig.Store.StreamIdAsync(name, stop);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
