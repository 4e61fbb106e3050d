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
    private readonly SlotTable _byKey = new();
    private KnownLine[] _lines = new KnownLine[64];
    private int[] _order = new int[64];
    private int[] _previous = [];
    private int _ordered;
    private int _previousCount;

    public int Count { get; private set; }

    /// <summary>The number of the present read.</summary>
    public int Read { get; private set; }

    public ref KnownLine this[int id] => ref _lines[id];

    /// <summary>The line that stood at a place in the last read, or -1.</summary>
    public int At(int place) => place < _previousCount ? _previous[place] : -1;

    public void Begin()
    {
        Read++;
        _ordered = 0;
    }

    /// <summary>The read failed: what it saw does not count as the last read.</summary>
    public void Abandon()
    {
        for (var i = 0; i < _ordered; i++) _lines[_order[i]].Read = Math.Min(_lines[_order[i]].Read, Read - 1);
        for (var place = 0; place < _previousCount; place++) (_lines[_previous[place]].Read, _lines[_previous[place]].Place) = (Read, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(SeriesKey key, out int id)
    {
        for (var place = _byKey.Next(key.Low, -1, out id); place >= 0; place = _byKey.Next(key.Low, place, out id))
            if (_lines[id].Key == key)
                return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(in KnownLine line)
    {
        if (Count == _lines.Length) Array.Resize(ref _lines, Count * 2);
        _lines[Count] = line;
        _byKey.Add(line.Key.Low, Count);
        return Count++;
    }

    /// <summary>Marks a line as read, at the next place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Saw(int id)
    {
        if (_ordered == _order.Length) Array.Resize(ref _order, _ordered * 2);
        ref var line = ref _lines[id];
        line.Read = Read;
        line.Place = _ordered;
        _order[_ordered++] = id;
    }

    /// <summary>The read is whole: calls back for each line that stood in the last one and no more, and makes this one the last.</summary>
    public void Complete(Action<int> vanished)
    {
        for (var place = 0; place < _previousCount; place++)
            if (_lines[_previous[place]].Read != Read) vanished(_previous[place]);
        (_previous, _order) = (_order, _previous.Length == 0 ? new int[64] : _previous);
        _previousCount = _ordered;
        if (Count > 1024 && Count > _previousCount * 2) Compact();
    }

    public void Clear()
    {
        _byKey.Clear();
        (Count, _previousCount, _ordered) = (0, 0, 0);
    }

    private void Compact()
    {
        var kept = new KnownLine[Math.Max(64, _previousCount * 2)];
        _byKey.Clear();
        var count = 0;
        for (var place = 0; place < _previousCount; place++)
        {
            ref var line = ref _lines[_previous[place]];
            // A line that stands twice in the page was moved already, and says where to.
            if (line.Length < 0)
            {
                _previous[place] = ~line.Length;
                continue;
            }
            kept[count] = line;
            _previous[place] = count;
            line.Length = ~count++;
        }
        (_lines, Count) = (kept, count);
        for (var id = 0; id < count; id++) _byKey.Add(kept[id].Key.Low, id);
    }
}
