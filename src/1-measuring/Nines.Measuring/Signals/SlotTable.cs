using System.Runtime.CompilerServices;

namespace Nines.Measuring.Signals;

/// <summary>
/// Finds dense ids by hash: open addressing over an id and half of its hash, eight bytes a place, where a dictionary keeps the key and
/// links once more. The owner compares keys, because the owner has them; the half hash spares it those of its neighbours.
/// </summary>
public sealed class SlotTable
{
    private const int SmallestSize = 256;
    private (uint Hash, int IdAndOne)[] _places = new (uint, int)[SmallestSize];

    public int Count { get; private set; }

    /// <summary>Walks over the ids that a hash may mean: begin with -1, go on with the last answer.</summary>
    /// <param name="id">An id to compare.</param>
    /// <returns>The place to go on from, or -1 where no further id is possible.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Next(ulong hash, int place, out int id)
    {
        var places = _places;
        var mask = places.Length - 1;
        var wanted = (uint)(hash >> 32);
        for (place = (place < 0 ? (int)wanted : place + 1) & mask; ; place = (place + 1) & mask)
        {
            ref var there = ref places[place];
            id = there.IdAndOne - 1;
            if (id < 0) return -1;
            if (there.Hash == wanted) return place;
        }
    }

    /// <summary>Adds an id that is not in the table.</summary>
    public void Add(ulong hash, int id)
    {
        if ((Count + 1) * 3 > _places.Length * 2) Rebuild(_places.Length * 2);
        Place(((uint)(hash >> 32), id + 1));
        Count++;
    }

    /// <summary>Takes an id out; those behind it move up, so that no gap hides them.</summary>
    public void Remove(ulong hash, int id)
    {
        var mask = _places.Length - 1;
        var at = (int)(hash >> 32) & mask;
        while (_places[at].IdAndOne != id + 1)
        {
            if (_places[at].IdAndOne == 0) return;
            at = (at + 1) & mask;
        }
        Count--;
        _places[at] = default;
        for (var next = (at + 1) & mask; _places[next].IdAndOne != 0; next = (next + 1) & mask)
        {
            var moved = _places[next];
            _places[next] = default;
            Place(moved);
        }
    }

    public void Clear()
    {
        _places = new (uint, int)[SmallestSize];
        Count = 0;
    }

    private void Place((uint Hash, int IdAndOne) entry)
    {
        var mask = _places.Length - 1;
        var at = (int)entry.Hash & mask;
        while (_places[at].IdAndOne != 0) at = (at + 1) & mask;
        _places[at] = entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rebuild(int size)
    {
        var old = _places;
        _places = new (uint, int)[size];
        foreach (var entry in old)
            if (entry.IdAndOne != 0)
                Place(entry);
    }
}
