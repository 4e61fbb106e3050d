using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>The matched series: dense ids, their state, their labels, their streams. Ids stay what they are for the life of the hub.</summary>
internal sealed class SeriesTable
{
    private readonly SlotTable _ids = new();
    private readonly Dictionary<(int Canonical, int Replica), int> _replicas = [];
    private readonly List<Labels?> _labels = [];
    private readonly List<BoundStream> _streams = [];
    private readonly List<int> _free = [];
    private readonly HashSet<int> _changed = [];
    private SeriesState[] _states = new SeriesState[256];

    public int Count { get; private set; }

    public int Live => _ids.Count;

    public ReadOnlySpan<BoundStream> Streams => CollectionsMarshal.AsSpan(_streams);

    public ref SeriesState this[int id] => ref _states[id];

    public Labels? LabelsOf(int id) => _labels[id];

    public bool TryGet(Labels series, out int id)
    {
        for (var place = _ids.Next(series.Hash, -1, out id); place >= 0; place = _ids.Next(series.Hash, place, out id))
            if (series.Equals(_labels[id]))
                return true;
        return false;
    }

    public int Add(Labels series, SampleKind kind, int group)
    {
        var id = NewSlot(series);
        _ids.Add(series.Hash, id);
        _changed.Add(id / HubImage.ChunkSize);
        _states[id] = new SeriesState { Kind = kind, Group = group, Canonical = id };
        return id;
    }

    /// <summary>The id under which one replica's copy of a series arrives.</summary>
    public int ReplicaOf(int canonical, int replica)
    {
        if (_replicas.TryGetValue((canonical, replica), out var id)) return id;
        id = NewSlot(null);
        _replicas[(canonical, replica)] = id;
        var state = _states[canonical];
        _states[id] = new SeriesState { Group = state.Group, Kind = state.Kind, Canonical = canonical, Replica = replica };
        return id;
    }

    public void Bind(int id, ReadOnlySpan<BoundStream> to)
    {
        ref var state = ref _states[id];
        state.StreamCount = (ushort)Math.Min(to.Length, ushort.MaxValue);
        to = to[..state.StreamCount];
        // Series in a row mostly count for the same streams: these then stand once.
        if (_streams.Count < to.Length || !Streams[^to.Length..].SequenceEqual(to)) _streams.AddRange(to);
        state.StreamsAt = _streams.Count - to.Length;
        var counted = false;
        foreach (var stream in to) counted |= stream.Measure == StreamMeasure.Increase;
        state.Marks = counted ? state.Marks | SeriesMarks.IsCounted : state.Marks & ~SeriesMarks.IsCounted;
    }

    /// <summary>Before all series are bound anew.</summary>
    public void Unbind() => _streams.Clear();

    /// <summary>Forgets a series that nothing matches any more. Its slot stays empty until the next <see cref="Reclaim"/>.</summary>
    public void Remove(int id)
    {
        if (_labels[id] is { } known) _ids.Remove(known.Hash, id);
        _changed.Add(id / HubImage.ChunkSize);
        _labels[id] = null;
        _states[id] = new SeriesState { Canonical = id, Group = -1 };
    }

    /// <summary>Puts a series back under the id that it had; ids in between stay empty.</summary>
    public void Restore(int id, Labels series, SampleKind kind, int group)
    {
        while (Count <= id)
        {
            var slot = NewSlot(null);
            _states[slot] = new SeriesState { Canonical = slot, Group = -1 };
        }
        _labels[id] = series;
        _ids.Add(series.Hash, id);
        _states[id] = new SeriesState { Kind = kind, Group = group, Canonical = id };
    }

    /// <summary>The chunks (see <see cref="HubImage"/>) that gained or lost series since the last call.</summary>
    public int[] TakeChanged()
    {
        int[] taken = [.. _changed];
        _changed.Clear();
        return taken;
    }

    /// <summary>Makes empty slots usable again; only safe once no batch of an earlier generation can be under way.</summary>
    public void Reclaim()
    {
        _free.Clear();
        foreach (var (key, slot) in _replicas)
            if (_labels[key.Canonical] is null)
            {
                _states[slot].Replica = 0;
                _replicas.Remove(key);
            }
        for (var id = 0; id < Count; id++)
            if (_labels[id] is null && _states[id].Replica == 0)
                _free.Add(id);
    }

    private int NewSlot(Labels? series)
    {
        if (_free.Count > 0)
        {
            var reused = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _labels[reused] = series;
            return reused;
        }
        if (Count == _states.Length) Array.Resize(ref _states, Count * 2);
        _labels.Add(series);
        return Count++;
    }
}
