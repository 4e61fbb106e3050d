using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>The matched series: dense ids, their state, their labels, their streams. Ids stay what they are for the life of the hub.</summary>
internal sealed class SeriesTable
{
    private readonly SlotTable ids = new();
    private readonly Dictionary<(int Canonical, int Replica), int> replicas = [];
    private readonly List<Labels?> labels = [];
    private readonly List<BoundStream> streams = [];
    private readonly List<int> free = [];
    private readonly HashSet<int> changed = [];
    private readonly Func<int, ulong> hashOf;
    private SeriesState[] states = new SeriesState[256];

    public SeriesTable() => hashOf = id => labels[id]?.Hash ?? 0;

    public int Count { get; private set; }

    public int Live => ids.Count;

    public ReadOnlySpan<BoundStream> Streams => CollectionsMarshal.AsSpan(streams);

    public ref SeriesState this[int id] => ref states[id];

    public Labels? LabelsOf(int id) => labels[id];

    public bool TryGet(Labels series, out int id)
    {
        for (var place = ids.Next(series.Hash, -1, out id); place >= 0; place = ids.Next(series.Hash, place, out id))
            if (series.Equals(labels[id]))
                return true;
        return false;
    }

    public int Add(Labels series, SampleKind kind, int group)
    {
        var id = NewSlot(series);
        ids.Add(series.Hash, id, hashOf);
        changed.Add(id / HubImage.ChunkSize);
        states[id] = new SeriesState { Kind = kind, Group = group, Canonical = id };
        return id;
    }

    /// <summary>The id under which one replica's copy of a series arrives.</summary>
    public int ReplicaOf(int canonical, int replica)
    {
        if (replicas.TryGetValue((canonical, replica), out var id)) return id;
        id = NewSlot(null);
        replicas[(canonical, replica)] = id;
        var state = states[canonical];
        states[id] = new SeriesState { Group = state.Group, Kind = state.Kind, Canonical = canonical, Replica = replica };
        return id;
    }

    public void Bind(int id, ReadOnlySpan<BoundStream> to)
    {
        ref var state = ref states[id];
        state.StreamCount = (ushort)Math.Min(to.Length, ushort.MaxValue);
        to = to[..state.StreamCount];
        // Series in a row mostly count for the same streams: these then stand once.
        if (streams.Count < to.Length || !Streams[^to.Length..].SequenceEqual(to)) streams.AddRange(to);
        state.StreamsAt = streams.Count - to.Length;
        var counted = false;
        foreach (var stream in to) counted |= stream.Measure == StreamMeasure.Increase;
        state.Marks = counted ? state.Marks | SeriesMarks.IsCounted : state.Marks & ~SeriesMarks.IsCounted;
    }

    /// <summary>Before all series are bound anew.</summary>
    public void Unbind() => streams.Clear();

    /// <summary>Forgets a series that nothing matches any more. Its slot stays empty until the next <see cref="Reclaim"/>.</summary>
    public void Remove(int id)
    {
        if (labels[id] is { } known) ids.Remove(known.Hash, id, hashOf);
        changed.Add(id / HubImage.ChunkSize);
        labels[id] = null;
        states[id] = new SeriesState { Canonical = id, Group = -1 };
    }

    /// <summary>Puts a series back under the id that it had; ids in between stay empty.</summary>
    public void Restore(int id, Labels series, SampleKind kind, int group)
    {
        while (Count <= id)
        {
            var slot = NewSlot(null);
            states[slot] = new SeriesState { Canonical = slot, Group = -1 };
        }
        labels[id] = series;
        ids.Add(series.Hash, id, hashOf);
        states[id] = new SeriesState { Kind = kind, Group = group, Canonical = id };
    }

    /// <summary>The chunks (see <see cref="HubImage"/>) that gained or lost series since the last call.</summary>
    public int[] TakeChanged()
    {
        int[] taken = [.. changed];
        changed.Clear();
        return taken;
    }

    /// <summary>Makes empty slots usable again; only safe once no batch of an earlier generation can be under way.</summary>
    public void Reclaim()
    {
        free.Clear();
        foreach (var (key, slot) in replicas)
            if (labels[key.Canonical] is null)
            {
                states[slot].Replica = 0;
                replicas.Remove(key);
            }
        for (var id = 0; id < Count; id++)
            if (labels[id] is null && states[id].Replica == 0)
                free.Add(id);
    }

    private int NewSlot(Labels? series)
    {
        if (free.Count > 0)
        {
            var reused = free[^1];
            free.RemoveAt(free.Count - 1);
            labels[reused] = series;
            return reused;
        }
        if (Count == states.Length) Array.Resize(ref states, Count * 2);
        labels.Add(series);
        return Count++;
    }
}
