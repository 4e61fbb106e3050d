using System.Text.Json;

namespace Nines.Kernel;

/// <summary>How a room's state follows from the journal; the untyped face that the house works with.</summary>
public abstract class Fold
{
    /// <summary>The room, as snapshots and messages name it.</summary>
    public abstract string Room { get; }

    /// <summary>Raised when the state's shape or meaning changes: older snapshots are then folded anew.</summary>
    public abstract int Version { get; }

    internal abstract Type StateType { get; }

    internal abstract object EmptyState { get; }

    internal abstract object ApplyAll(object state, ReadOnlySpan<Recorded> batch);

    internal abstract ReadOnlyMemory<byte> SaveState(object state);

    internal abstract object LoadState(ReadOnlyMemory<byte> data);
}

/// <summary>
/// A room's fold: a pure function from state and event to the next state. The state is an immutable snapshot
/// that readers take without a lock.
/// </summary>
/// <typeparam name="TState">The room's state; a class of its own, one a room.</typeparam>
public abstract class Fold<TState> : Fold where TState : class
{
    /// <summary>The state before anything happened.</summary>
    public abstract TState Empty { get; }

    /// <summary>The state after one event; the same instance where the event does not concern the room.</summary>
    public abstract TState Apply(TState state, in Recorded happened);

    /// <summary>The state after a batch; a room with large collections overrides it to go through builders.</summary>
    public virtual TState ApplyBatch(TState state, ReadOnlySpan<Recorded> batch)
    {
        foreach (ref readonly var happened in batch) state = Apply(state, in happened);
        return state;
    }

    /// <summary>The state as bytes for a snapshot; JSON unless overridden.</summary>
    public virtual ReadOnlyMemory<byte> Save(TState state) => JsonSerializer.SerializeToUtf8Bytes(state, HouseJson.Options);

    /// <summary>The state back from a snapshot of the same <see cref="Fold.Version"/>.</summary>
    public virtual TState Load(ReadOnlyMemory<byte> data) =>
        JsonSerializer.Deserialize<TState>(data.Span, HouseJson.Options) ?? throw new JsonException($"The snapshot of {Room} is empty.");

    internal sealed override Type StateType => typeof(TState);

    internal sealed override object EmptyState => Empty;

    internal sealed override object ApplyAll(object state, ReadOnlySpan<Recorded> batch) => ApplyBatch((TState)state, batch);

    internal sealed override ReadOnlyMemory<byte> SaveState(object state) => Save((TState)state);

    internal sealed override object LoadState(ReadOnlyMemory<byte> data) => Load(data);
}
