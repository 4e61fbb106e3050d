using Nines.Kernel;

namespace Nines.Measuring.Ingestion;

/// <summary>A door that can read again what it had accepted: after a crash the log behind the last checkpoint is booked anew.</summary>
public interface ISignalReplay
{
    /// <summary>Which bodies of the log are its own; see <see cref="LogKinds"/>.</summary>
    int Kind { get; }

    /// <summary>Decodes and books one body, as of the time it was received. A body that cannot be read is passed over.</summary>
    void Replay(in SignalRecord record);
}

/// <summary>A part of what one checkpoint makes durable together: the engine's blocks, the hub's last values, a door's marks.</summary>
public interface ICheckpointPart
{
    /// <summary>Takes back what the last checkpoint kept, before the log behind it is replayed. Streams are bound to the hub here, or the replay would meet nobody.</summary>
    ValueTask RestoreAsync(ISignalStore store, CancellationToken stop);

    /// <summary>Lower ones are restored first; the hub comes last, because it needs its bindings.</summary>
    int RestoreOrder => 0;

    /// <summary>Adds blocks and states. Nothing is booked meanwhile, so be quick; writing happens afterwards.</summary>
    void Save(CheckpointDraft draft);

    /// <summary>What <see cref="Save"/> added is durable now.</summary>
    void Saved();
}

/// <summary>What the parts put into one checkpoint.</summary>
public sealed class CheckpointDraft
{
    /// <summary>Blocks to write or replace.</summary>
    public List<SignalBlock> Blocks { get; } = [];

    /// <summary>Named states to replace; null deletes one.</summary>
    public List<KeyValuePair<string, byte[]?>> States { get; } = [];
}
