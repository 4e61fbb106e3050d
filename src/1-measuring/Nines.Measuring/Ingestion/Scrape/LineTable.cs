using System.Runtime.CompilerServices;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>What one line of a target's page means.</summary>
internal struct KnownLine
{
    public SeriesKey Key;

    /// <summary>Bytes of name and labels.</summary>
    public int Length;
    public int Series;

    /// <summary>The number of the last read in which it stood, and its place in it.</summary>
    public int Read;
    public int Place;

    /// <summary>Which start time belongs to it; -1 for none.</summary>
    public int StartSlot;

    /// <summary>It is a <c>_created</c> line: its value is a start time.</summary>
    public bool IsStart;
}

/// <summary>
/// A target's lines as they were last time. Pages keep their order, so the line after the last known one is tried first; only where that
/// fails the key is looked up.
/// </summary>
internal sealed class LineTable
{
    private readonly SlotTable byKey = new();
    private readonly Func<int, ulong> hashOf;
    private KnownLine[] lines = new KnownLine[64];
    private int[] order = new int[64];
    private int[] previous = [];
    private int ordered;
    private int previousCount;

    public LineTable() => hashOf = id => lines[id].Key.Low;

    public int Count { get; private set; }

    /// <summary>The number of the present read.</summary>
    public int Read { get; private set; }

    public ref KnownLine this[int id] => ref lines[id];

    /// <summary>The line that stood at a place in the last read, or -1.</summary>
    public int At(int place) => place < previousCount ? previous[place] : -1;

    public void Begin()
    {
        Read++;
        ordered = 0;
    }

    /// <summary>The read failed: what it saw does not count as the last read.</summary>
    public void Abandon()
    {
        for (var i = 0; i < ordered; i++) lines[order[i]].Read = Math.Min(lines[order[i]].Read, Read - 1);
        for (var place = 0; place < previousCount; place++) (lines[previous[place]].Read, lines[previous[place]].Place) = (Read, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(SeriesKey key, out int id)
    {
        for (var place = byKey.Next(key.Low, -1, out id); place >= 0; place = byKey.Next(key.Low, place, out id))
            if (lines[id].Key == key)
                return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(in KnownLine line)
    {
        if (Count == lines.Length) Array.Resize(ref lines, Count * 2);
        lines[Count] = line;
        byKey.Add(line.Key.Low, Count, hashOf);
        return Count++;
    }

    /// <summary>Marks a line as read, at the next place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Saw(int id)
    {
        if (ordered == order.Length) Array.Resize(ref order, ordered * 2);
        ref var line = ref lines[id];
        line.Read = Read;
        line.Place = ordered;
        order[ordered++] = id;
    }

    /// <summary>The read is whole: calls back for each line that stood in the last one and no more, and makes this one the last.</summary>
    public void Complete(Action<int> vanished)
    {
        for (var place = 0; place < previousCount; place++)
            if (lines[previous[place]].Read != Read) vanished(previous[place]);
        (previous, order) = (order, previous.Length == 0 ? new int[64] : previous);
        previousCount = ordered;
        if (Count > 1024 && Count > previousCount * 2) Compact();
    }

    public void Clear()
    {
        byKey.Clear();
        (Count, previousCount, ordered) = (0, 0, 0);
    }

    private void Compact()
    {
        var kept = new KnownLine[Math.Max(64, previousCount * 2)];
        byKey.Clear();
        var count = 0;
        for (var place = 0; place < previousCount; place++)
        {
            ref var line = ref lines[previous[place]];
            // A line that stands twice in the page was moved already, and says where to.
            if (line.Length < 0)
            {
                previous[place] = ~line.Length;
                continue;
            }
            kept[count] = line;
            previous[place] = count;
            line.Length = ~count++;
        }
        (lines, Count) = (kept, count);
        for (var id = 0; id < count; id++) byKey.Add(kept[id].Key.Low, id, hashOf);
    }
}
