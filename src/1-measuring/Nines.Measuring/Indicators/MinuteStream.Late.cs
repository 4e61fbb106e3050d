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
        _skeletonChanged |= _skeletonTaken;
        _changedFrom = Math.Min(_changedFrom, _takenFrom);
        if (IsEmpty) return;
        FlushLate();
        if (_skeletonChanged)
        {
            // Written in the same step as the blocks that it counts, or it would tell of minutes that are not there.
            keep(StreamSkeleton.Block, new StreamSkeleton(_index.First, _index.StartsUpTo(_ringFirst), FirstCovered, LastEvent).Encode());
            (_skeletonChanged, _skeletonTaken) = (false, true);
        }

        if (_changedFrom == long.MaxValue) return;
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
        (_taken, _takenFrom, _skeletonTaken) = ([], long.MaxValue, false);
    }

    /// <summary>Forgets everything before a minute (retention).</summary>
    public void Trim(long before)
    {
        if (IsEmpty) return;
        FlushLate();
        var block = Math.Min(BlockOf(before), _ringFirst);
        foreach (var old in _pending.Keys.Where(b => b < block).ToArray()) _ = _pending.Remove(old);
        _index.Trim(block);
        Changed();
    }

    /// <summary>Brings a stream back from what its store keeps: its skeleton and the newest blocks, or every block where there is no skeleton.</summary>
    public void Restore()
    {
        if (_source.Read(_id, StreamSkeleton.Block) is { } row && StreamSkeleton.Decode(row) is { } skeleton) Restore(skeleton);
        else Restore(_source.BlocksOf(_id), block => _source.Read(_id, block));
    }

    /// <summary>Brings a stream back from its kept blocks, oldest first.</summary>
    public void Restore(IReadOnlyList<int> blocks, Func<int, byte[]?> read)
    {
        if (blocks is [.., StreamSkeleton.Block]) blocks = [.. blocks.SkipLast(1)];
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
        _skeletonChanged = !IsEmpty;
    }

    private void Restore(StreamSkeleton skeleton)
    {
        _index.Restore(skeleton.First, skeleton.Starts);
        Open(_index.Last);
        (FirstCovered, LastEvent) = (skeleton.FirstCovered, skeleton.LastEvent);
        Span<Cell> cells = stackalloc Cell[BlockCodec.Minutes];
        for (var block = _ringFirst; block < _ringFirst + (MinuteRing.Slots / BlockCodec.Minutes); block++)
        {
            // An empty block in between was never written: no minute of it changed.
            if (_source.Read(_id, block) is not { } data) continue;
            Decode(data, cells);
            RestoreRing(block, cells, default);
        }

        _changedFrom = long.MaxValue;
    }

    private void Open(int block)
    {
        _ring = new();
        _ringFirst = block;
        Front = FirstMinuteOf(block);
        _ring.Open(Slot(Front), default);
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
            for (var missing = _index.IsEmpty ? block : _index.Last + 1; missing <= block; missing++) _index.Append(missing, before);
            Open(block);
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
        Changed();
    }

    /// <summary>Coded blocks, or the sums before them, are others now.</summary>
    private void Changed()
    {
        LateVersion++;
        _skeletonChanged = true;
        _ahead.Clear();
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
