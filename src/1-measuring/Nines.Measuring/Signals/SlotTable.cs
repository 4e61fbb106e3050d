using System.Runtime.CompilerServices;

namespace Nines.Measuring.Signals;

/// <summary>
/// Finds dense ids by hash: open addressing over ids alone, four bytes a place, where a dictionary keeps key, hash and links once more.
/// The owner compares keys, because the owner has them.
/// </summary>
public sealed class SlotTable
{
    private const int SmallestSize = 256;
    private int[] _places = new int[SmallestSize];

    public int Count { get; private set; }

    /// <summary>Walks over the ids that a hash may mean: begin with -1, go on with the last answer.</summary>
    /// <param name="id">An id to compare.</param>
    /// <returns>The place to go on from, or -1 where no further id is possible.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Next(ulong hash, int place, out int id)
    {
        var mask = _places.Length - 1;
        place = (place < 0 ? (int)(hash >> 32) : place + 1) & mask;
        id = _places[place] - 1;
        return id < 0 ? -1 : place;
    }

    /// <summary>Adds an id that is not in the table.</summary>
    /// <param name="hashOf">Hash of an id, needed when the table grows.</param>
    public void Add(ulong hash, int id, Func<int, ulong> hashOf)
    {
        if ((Count + 1) * 3 > _places.Length * 2) Rebuild(_places.Length * 2, hashOf);
        Place(hash, id);
        Count++;
    }

    /// <summary>Takes an id out; those behind it move up, so that no gap hides them.</summary>
    public void Remove(ulong hash, int id, Func<int, ulong> hashOf)
    {
        var mask = _places.Length - 1;
        var at = (int)(hash >> 32) & mask;
        while (_places[at] != id + 1)
        {
            if (_places[at] == 0) return;
            at = (at + 1) & mask;
        }
        Count--;
        _places[at] = 0;
        for (var next = (at + 1) & mask; _places[next] != 0; next = (next + 1) & mask)
        {
            var moved = _places[next] - 1;
            _places[next] = 0;
            Place(hashOf(moved), moved);
        }
    }

    public void Clear()
    {
        _places = new int[SmallestSize];
        Count = 0;
    }

    private void Place(ulong hash, int id)
    {
        var mask = _places.Length - 1;
        var at = (int)(hash >> 32) & mask;
        while (_places[at] != 0) at = (at + 1) & mask;
        _places[at] = id + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rebuild(int size, Func<int, ulong> hashOf)
    {
        var old = _places;
        _places = new int[size];
        foreach (var entry in old)
            if (entry != 0)
                Place(hashOf(entry - 1), entry - 1);
    }
}
