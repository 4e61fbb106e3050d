using System.Runtime.CompilerServices;

namespace Nines.Measuring.Signals;

/// <summary>
/// A door's memory of wire bytes to series id. Reading takes no lock; adding takes one. It forgets everything when the hub's
/// generation changes (other objectives, so series match anew), and what was not seen for an hour or two.
/// </summary>
/// <remarks>Open addressing with linear probing; an entry is published by its <c>Used</c> mark and never changes afterwards.</remarks>
public sealed class SeriesIndex
{
    private const int SmallestSize = 1024;
    private const long EpochMs = 3_600_000;
    private readonly Lock _gate = new();
    private Table _table;

    /// <param name="seed">Two random words: see <see cref="SeriesHasher"/>.</param>
    public SeriesIndex((ulong A, ulong B) seed)
    {
        Hasher = new SeriesHasher(seed.A, seed.B);
        _table = new Table(SmallestSize, 0);
    }

    public SeriesHasher Hasher { get; }

    public int Count => Volatile.Read(ref _table).Count;

    /// <summary>Start of a batch: drops the entries of an older generation, and once an hour those that were not seen for an hour.</summary>
    /// <returns>The view to look up in during this batch.</returns>
    public View Begin(int generation, long nowUnixMs)
    {
        var current = Volatile.Read(ref _table);
        var epoch = (int)(nowUnixMs / EpochMs);
        if (current.Generation == generation && epoch <= current.Epoch) return new View(this, current);
        lock (_gate)
        {
            current = _table;
            if (current.Generation != generation) current = new Table(SmallestSize, generation) { Epoch = epoch };
            else if (epoch > current.Epoch) current = current.Without(current.Epoch - 1, epoch);
            Volatile.Write(ref _table, current);
            return new View(this, current);
        }
    }

    private Table Add(SeriesKey key, int series, int generation)
    {
        lock (_gate)
        {
            var current = _table;
            if (current.Generation != generation) return current;
            if (current.Count * 3 >= current.Entries.Length * 2) current = current.Copy(current.Entries.Length * 2);
            current.Insert(key, series, current.Epoch);
            Volatile.Write(ref _table, current);
            return current;
        }
    }

    /// <summary>One batch's look at the index.</summary>
    public ref struct View
    {
        private readonly SeriesIndex _index;
        private readonly int _generation;
        private Entry[] _entries;
        private int _epoch;

        internal View(SeriesIndex owner, Table table)
        {
            _index = owner;
            _generation = table.Generation;
            _entries = table.Entries;
            _epoch = table.Epoch;
        }

        /// <summary>Series remembered.</summary>
        public readonly int Count => _index.Count;

        /// <summary>The hub's generation that this view belongs to.</summary>
        public readonly int Generation => _generation;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool TryGet(SeriesKey key, out int series)
        {
            var all = _entries;
            var mask = all.Length - 1;
            for (var i = (int)key.Low & mask; ; i = (i + 1) & mask)
            {
                ref var entry = ref all[i];
                if (!Volatile.Read(ref entry.Used)) break;
                if (entry.Low != key.Low || entry.High != key.High) continue;
                series = entry.Series;
                if (entry.Epoch != _epoch) entry.Epoch = _epoch;
                return true;
            }
            series = 0;
            return false;
        }

        public void Add(SeriesKey key, int series)
        {
            var table = _index.Add(key, series, _generation);
            if (table.Generation != _generation) return;
            _entries = table.Entries;
            _epoch = table.Epoch;
        }
    }

    internal struct Entry
    {
        public ulong High;
        public ulong Low;
        public int Series;
        public int Epoch;
        public bool Used;
    }

    internal sealed class Table(int size, int generation)
    {
        public Entry[] Entries { get; } = new Entry[size];

        public int Generation => generation;

        public int Epoch { get; init; }

        public int Count { get; private set; }

        public void Insert(SeriesKey key, int series, int epoch)
        {
            var mask = Entries.Length - 1;
            for (var i = (int)key.Low & mask; ; i = (i + 1) & mask)
            {
                ref var entry = ref Entries[i];
                if (entry.Used)
                {
                    if (entry.Low == key.Low && entry.High == key.High) return;
                    continue;
                }
                (entry.High, entry.Low, entry.Series, entry.Epoch) = (key.High, key.Low, series, epoch);
                Volatile.Write(ref entry.Used, true);
                Count++;
                return;
            }
        }

        public Table Copy(int newSize)
        {
            var copy = new Table(newSize, generation) { Epoch = Epoch };
            foreach (var entry in Entries)
                if (entry.Used)
                    copy.Insert(new(entry.High, entry.Low), entry.Series, entry.Epoch);
            return copy;
        }

        public Table Without(int lastSeenUpTo, int newEpoch)
        {
            var kept = 0;
            foreach (var entry in Entries)
                if (entry.Used && entry.Epoch > lastSeenUpTo)
                    kept++;
            var newSize = SmallestSize;
            while (newSize * 2 < kept * 3 + 3) newSize *= 2;
            var copy = new Table(newSize, generation) { Epoch = newEpoch };
            foreach (var entry in Entries)
                if (entry.Used && entry.Epoch > lastSeenUpTo)
                    copy.Insert(new(entry.High, entry.Low), entry.Series, entry.Epoch);
            return copy;
        }
    }
}
