using System.Collections.Frozen;

namespace Nines.Kernel;

/// <summary>
/// Every room's state at one position of the journal: one immutable root, read without lock or SQL.
/// </summary>
public sealed class HouseState
{
    private readonly FrozenDictionary<Type, int> _index;
    private readonly object[] _rooms;

    internal HouseState(FrozenDictionary<Type, int> index, object[] rooms, long position)
    {
        _index = index;
        _rooms = rooms;
        Position = position;
    }

    /// <summary>The newest journal position that is folded in.</summary>
    public long Position { get; }

    internal ReadOnlySpan<object> Rooms => _rooms;

    /// <summary>One room's state.</summary>
    /// <exception cref="InvalidOperationException">No fold with that state is registered: a bug.</exception>
    public TState Get<TState>() where TState : class => _index.TryGetValue(typeof(TState), out var at)
        ? (TState)_rooms[at]
        : throw new InvalidOperationException($"No fold for {typeof(TState).Name} is registered.");

    /// <summary>The empty root over a set of folds.</summary>
    public static HouseState Empty(IReadOnlyList<Fold> folds) => new(
        folds.Select((f, i) => (f.StateType, i)).ToFrozenDictionary(p => p.StateType, p => p.i),
        [.. folds.Select(f => f.EmptyState)],
        position: 0);

    internal HouseState With(object[] rooms, long position) => new(_index, rooms, position);

    internal HouseState Apply(IReadOnlyList<Fold> folds, ReadOnlySpan<Recorded> batch, long position)
    {
        var next = new object[_rooms.Length];
        for (var i = 0; i < next.Length; i++) next[i] = folds[i].ApplyAll(_rooms[i], batch);
        return new(_index, next, position);
    }
}
