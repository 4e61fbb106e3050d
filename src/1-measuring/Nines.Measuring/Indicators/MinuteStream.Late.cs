namespace Nines.Measuring.Indicators;

public sealed partial class MinuteStream
{
    private Cell[]? _lateCells;
    private int _lateBlock;
    private Sums _lateChange;
    private bool _lateOpen;
    private KeyValuePair<int, byte[]>[] _taken = [];
    private long _takenFrom = long.MaxValue;

    /// <summary>Bytes in memory, coded blocks that wait for a checkpoint left out.</summary>
    public int ResidentBytes =>
        IsEmpty ? 200 : 200 + (MinuteRing.Slots * 16) + (MinuteRing.Slots / 2) + _index.Bytes + (_lateCells is null ? 0 : BlockCodec.Minutes * 24);

    /// <summary>
    /// Hands every block that changed since the last call to a checkpoint, the open ones included, and forgets the
    /// waiting ones at <see cref="BlocksKept"/>.
    /// </summary>
    public void TakeBlocks(Action<int, byte[]> keep)
    {
        // What an earlier checkpoint took and did not keep is taken again.
        _changedFrom = Math.Min(_changedFrom, _takenFrom);
        if (IsEmpty || _changedFrom == long.MaxValue) return;
        FlushLate();
        _taken = [.. _pending];
        foreach (var (block, data) in _taken) keep(block, data);
        for (var block = Math.Max(_ringFirst, BlockOf(_changedFrom)); block <= BlockOf(Front); block++)
            keep(block, EncodeRingBlock(block));
        (_takenFrom, _changedFrom) = (_changedFrom, long.MaxValue);
    }

    /// <summary>The checkpoint is durable: blocks that left the ring can be read from the store from now on.</summary>
    public void BlocksKept()
    {
        // A block that changed again meanwhile waits for the next checkpoint.
        foreach (var (block, data) in _taken)
            if (_pending.TryGetValue(block, out var now) && ReferenceEquals(now, data)) _ = _pending.Remove(block);
        (_taken, _takenFrom) = ([], long.MaxValue);
    }

    /// <summary>Forgets everything before a minute (retention).</summary>
    public void Trim(long before)
    {
        if (IsEmpty) return;
        FlushLate();
        var block = Math.Min(BlockOf(before), _ringFirst);
        foreach (var old in _pending.Keys.Where(b => b < block).ToArray()) _ = _pending.Remove(old);
        _index.Trim(block);
        LateVersion++;
    }

    /// <summary>Brings a stream back from its kept blocks, oldest first.</summary>
    public void Restore(IReadOnlyList<int> blocks, Func<int, byte[]?> read)
    {
        var fresh = blocks.Count == 0 ? 0 : blocks[^1] - (MinuteRing.Slots / BlockCodec.Minutes) + 1;
        Span<Cell> cells = stackalloc Cell[BlockCodec.Minutes];
        var sums = default(Sums);
        foreach (var block in blocks)
        {
            if (read(block) is not { } data) continue;
            Decode(data, cells);
            if (block >= fresh) RestoreRing(block, cells, sums);
            else sums = RestoreIndex(block, cells, sums);
        }

        _changedFrom = long.MaxValue;
    }

    private Sums RestoreIndex(int block, ReadOnlySpan<Cell> cells, Sums sums)
    {
        for (var missing = _index.IsEmpty ? block : _index.Last + 1; missing <= block; missing++) _index.Append(missing, sums);
        var first = FirstMinuteOf(block);
        for (var i = 0; i < cells.Length; i++)
        {
            sums += new Sums(cells[i].Bad, cells[i].Total, (cells[i].Marks & MinuteMarks.Covered) != MinuteMarks.None ? 1 : 0);
            if (cells[i].Marks != MinuteMarks.None) Note(first + i, cells[i].Total, cells[i].Marks);
        }

        return sums;
    }

    private void RestoreRing(int block, ReadOnlySpan<Cell> cells, Sums before)
    {
        var first = FirstMinuteOf(block);
        if (IsEmpty)
        {
            _ring = new();
            for (var missing = _index.IsEmpty ? block : _index.Last + 1; missing <= block; missing++) _index.Append(missing, before);
            _ringFirst = block;
            Front = first;
            _ring.Open(Slot(first), default);
        }

        for (var i = 0; i < cells.Length; i++)
            if (cells[i].Marks != MinuteMarks.None || cells[i].Total != 0) _ = Add(first + i, cells[i].Bad, cells[i].Total, cells[i].Marks);
    }

    private void AddLate(long minute, in Cell cell, bool replace)
    {
        var block = BlockOf(minute);
        if (!_lateOpen || _lateBlock != block) OpenLate(block);
        ref var at = ref _lateCells![(int)(minute - FirstMinuteOf(block))];
        var next = replace ? cell : new Cell(at.Bad + cell.Bad, at.Total + cell.Total, at.Marks | cell.Marks);
        _lateChange += new Sums(next.Bad - at.Bad, next.Total - at.Total, CoveredIn(next) - CoveredIn(at));
        at = next;
    }

    private void OpenLate(int block)
    {
        FlushLate();
        if (block < _index.First) _index.Prepend(block);
        _lateCells ??= new Cell[BlockCodec.Minutes];
        if (ReadBlock(block) is { } data) Decode(data, _lateCells);
        else Array.Clear(_lateCells);
        (_lateBlock, _lateOpen, _lateChange) = (block, true, default);
    }

    private void FlushLate()
    {
        if (!_lateOpen) return;
        _lateOpen = false;
        _pending[_lateBlock] = BlockCodec.Encode(_lateCells);
        _index.Shift(_lateBlock, _lateChange);
        LateVersion++;
    }

    /// <summary>A block of the ring. An empty one is written too: it takes the place of what a former derivation left there.</summary>
    private byte[] EncodeRingBlock(int block)
    {
        Span<Cell> cells = stackalloc Cell[BlockCodec.Minutes];
        var first = FirstMinuteOf(block);
        for (var i = 0; i < cells.Length; i++) cells[i] = first + i <= Front ? RingCell(first + i) : default;
        return BlockCodec.Encode(cells);
    }

    private static void Decode(byte[] data, Span<Cell> cells)
    {
        cells.Clear();
        var reader = new BlockReader(data);
        while (reader.Read(out var cell)) cells[reader.Next - 1] = cell;
    }

    private static double CoveredIn(in Cell cell) => (cell.Marks & MinuteMarks.Covered) != MinuteMarks.None ? 1 : 0;
}
