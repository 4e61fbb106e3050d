namespace Nines.Measuring.Indicators;

/// <summary>
/// Follows the far edge of one window through coded blocks: it holds the block that it stands in and decodes one more
/// minute when the edge moves by one, so that a window of a month costs what an hour costs.
/// </summary>
public struct EdgeCursor
{
    private BlockReader _reader;
    private int _block;
    private int _version;
    private bool _loaded;

    /// <summary>The block that it stands in.</summary>
    internal readonly int Block => _block;

    /// <summary>The minute that <see cref="Before"/> and <see cref="After"/> enclose.</summary>
    public long Minute { get; private set; }

    /// <summary>Running sums before the minute.</summary>
    public Sums Before { get; private set; }

    /// <summary>Running sums through the minute.</summary>
    public Sums After { get; private set; }

    /// <summary>True where it stands in a block of the stream as the stream is now.</summary>
    internal readonly bool IsIn(MinuteStream stream) => _loaded && _version == stream.LateVersion;

    internal void MoveTo(MinuteStream stream, long minute)
    {
        var block = stream.BlockOf(minute);
        if (_loaded && _version == stream.LateVersion && Minute == minute) return;
        if (!_loaded || _version != stream.LateVersion || block != _block || Minute > minute) Load(stream, block);
        var first = stream.FirstMinuteOf(block);
        while (first + _reader.Next <= minute)
        {
            Before = After;
            if (!_reader.Read(out var cell)) break;
            After += new Sums(cell.Bad, cell.Total, (cell.Marks & MinuteMarks.Covered) != MinuteMarks.None ? 1 : 0);
        }

        Minute = minute;
    }

    private void Load(MinuteStream stream, int block)
    {
        (_block, _version, _loaded) = (block, stream.LateVersion, true);
        var data = stream.ReadBlock(block);
        _reader = data is null ? default : new(data);
        Before = After = stream.StartOf(block);
        Minute = long.MinValue;
    }
}
