namespace Nines.Measuring.Indicators;

public sealed partial class MinuteStream
{
    private readonly Dictionary<int, byte[]?> _ahead = [];

    /// <summary>
    /// What happened from an instant on: a minute and the fraction of it that lies before the instant. The cost does
    /// not depend on how long ago that is.
    /// </summary>
    public Sums Since(long minute, double fraction, ref EdgeCursor cursor)
    {
        if (IsEmpty || minute > Front) return default;
        if (minute >= RingStart) return RingSince(minute, fraction);
        FlushLate();
        var ring = RingSince(RingStart, 0);
        var before = _index.StartOf(_ringFirst) - EdgeAt(minute, fraction, ref cursor);
        return before + ring;
    }

    /// <summary>Running sums at an instant, for stretches that do not end now.</summary>
    public Sums At(long minute, double fraction, ref EdgeCursor cursor)
    {
        if (IsEmpty) return default;
        if (minute > Front) return All;
        return minute >= RingStart
            ? _index.StartOf(_ringFirst) + RingSince(RingStart, 0) - RingSince(minute, fraction)
            : EdgeAt(minute, fraction, ref cursor);
    }

    /// <summary>One minute. Resident ones cost nothing; an older one costs the decoding of its block.</summary>
    public Cell CellAt(long minute)
    {
        if (IsEmpty || minute > Front || minute < FirstMinuteOf(_index.First)) return default;
        if (minute >= RingStart) return RingCell(minute);
        Span<Cell> cell = stackalloc Cell[1];
        Read(minute, cell);
        return cell[0];
    }

    /// <summary>Reads consecutive minutes into a span; minutes before and after the stream are empty.</summary>
    public void Read(long from, Span<Cell> cells)
    {
        cells.Clear();
        if (IsEmpty) return;
        FlushLate();
        var oldest = FirstMinuteOf(_index.First);
        for (var i = (int)Math.Clamp(oldest - from, 0, cells.Length); i < cells.Length && from + i <= Front;)
        {
            var minute = from + i;
            if (minute >= RingStart)
            {
                cells[i++] = RingCell(minute);
                continue;
            }

            i += ReadOld(minute, cells[i..]);
        }
    }

    /// <summary>The first minute of the block that follows the one that holds a minute.</summary>
    public long NextBlock(long minute) => FirstMinuteOf(BlockOf(minute) + 1);

    internal byte[]? ReadBlock(int block)
    {
        FlushLate();
        if (block < _index.First || block >= _ringFirst) return null;
        if (_pending.TryGetValue(block, out var data)) return data;
        return _ahead.Remove(block, out data) ? data : _source.Read(_id, block);
    }

    /// <summary>The block that an edge will need within a few minutes, where it is neither in memory nor read ahead yet.</summary>
    internal int? Ahead(in EdgeCursor cursor, int lead)
    {
        if (!cursor.IsIn(this) || FirstMinuteOf(cursor.Block + 1) - cursor.Minute > lead) return null;
        var next = cursor.Block + 1;
        return next < _ringFirst && !_pending.ContainsKey(next) && !_ahead.ContainsKey(next) ? next : null;
    }

    /// <summary>Takes a block that was read ahead, unless the stream changed meanwhile.</summary>
    internal void TakeAhead(int block, int version, byte[]? data)
    {
        if (version == LateVersion && !_pending.ContainsKey(block)) _ahead[block] = data;
    }

    private int ReadOld(long minute, Span<Cell> cells)
    {
        var block = BlockOf(minute);
        var skip = (int)(minute - FirstMinuteOf(block));
        var count = Math.Min(cells.Length, BlockCodec.Minutes - skip);
        if (ReadBlock(block) is not { } data) return count;
        var reader = new BlockReader(data);
        while (reader.Read(out var cell) && reader.Next - 1 < skip + count)
            if (reader.Next > skip) cells[reader.Next - 1 - skip] = cell;
        return count;
    }

    private Sums EdgeAt(long minute, double fraction, ref EdgeCursor cursor)
    {
        FlushLate();
        if (minute < FirstMinuteOf(_index.First)) return _index.StartOf(_index.First);
        // The start of a block is known without reading it: coarse walks over months stay in memory.
        var block = BlockOf(minute);
        if (fraction == 0 && minute == FirstMinuteOf(block)) return _index.StartOf(block);
        cursor.MoveTo(this, minute);
        return fraction == 0 ? cursor.Before : cursor.Before + (cursor.After - cursor.Before).Times(fraction);
    }

    private Sums RingSince(long minute, double fraction)
    {
        var last = _ring.RunAt(Slot(Front));
        var before = minute == RingStart ? default : _ring.RunAt(Slot(minute - 1));
        var sums = new Sums(last.Bad - before.Bad, last.Total - before.Total, _ring.Covered(Slot(minute), (int)(Front - minute)));
        if (fraction == 0) return sums;
        var edge = _ring.RunAt(Slot(minute));
        var covered = (_ring.MarksAt(Slot(minute)) & MinuteMarks.Covered) != MinuteMarks.None ? 1 : 0;
        return sums - new Sums(edge.Bad - before.Bad, edge.Total - before.Total, covered).Times(fraction);
    }

    private Cell RingCell(long minute)
    {
        var run = _ring.RunAt(Slot(minute));
        var before = minute == RingStart ? default : _ring.RunAt(Slot(minute - 1));
        return new(Snap(run.Bad - before.Bad), Snap(run.Total - before.Total), _ring.MarksAt(Slot(minute)));
    }

    /// <summary>A difference of running sums that is a whole number but for rounding is that number.</summary>
    private static double Snap(double value)
    {
        var whole = Math.Round(value);
        return Math.Abs(value - whole) < 1e-8 ? whole : value;
    }
}
