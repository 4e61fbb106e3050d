namespace Nines.Measuring.Indicators;

/// <summary>Running sums at the start of every block of a stream: the resident skeleton of its history.</summary>
internal sealed class BlockIndex
{
    private Sums[] _starts = new Sums[16];
    private int _count;

    /// <summary>The oldest block.</summary>
    public int First { get; private set; }

    /// <summary>The newest block that has begun.</summary>
    public int Last => First + _count - 1;

    /// <summary>True before anything came.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Sums before the first minute of a block; before the oldest, those of the oldest.</summary>
    public Sums StartOf(int block) => _count == 0 ? default : _starts[Math.Clamp(block - First, 0, _count - 1)];

    /// <summary>The starts of all blocks up to one, which has begun.</summary>
    public Sums[] StartsUpTo(int block) => _starts[..(block - First + 1)];

    /// <summary>Takes back what <see cref="StartsUpTo"/> gave.</summary>
    public void Restore(int first, Sums[] starts) => (First, _starts, _count) = (first, starts, starts.Length);

    /// <summary>Begins the next block.</summary>
    public void Append(int block, Sums start)
    {
        if (_count == 0) First = block;
        if (_count == _starts.Length) Array.Resize(ref _starts, Math.Min(_starts.Length * 2, _starts.Length + 256));
        _starts[_count++] = start;
    }

    /// <summary>Makes room for older blocks without data; backfill then adds to them.</summary>
    public void Prepend(int block)
    {
        var more = First - block;
        var grown = new Sums[_count + more + 16];
        Array.Copy(_starts, 0, grown, more, _count);
        Array.Fill(grown, _starts[0], 0, more);
        _starts = grown;
        _count += more;
        First = block;
    }

    /// <summary>Adds to the start of every block after one whose content grew.</summary>
    public void Shift(int afterBlock, Sums by)
    {
        for (var i = Math.Max(0, afterBlock + 1 - First); i < _count; i++) _starts[i] += by;
    }

    /// <summary>Forgets blocks before one (retention).</summary>
    public void Trim(int before)
    {
        var gone = Math.Clamp(before - First, 0, _count - 1);
        if (gone == 0) return;
        Array.Copy(_starts, gone, _starts, 0, _count - gone);
        _count -= gone;
        First += gone;
    }

    /// <summary>Bytes held.</summary>
    public int Bytes => _starts.Length * 24;
}
