namespace Nines.Measuring.Indicators;

/// <summary>
/// The history of one indicator (or of one objective's view of it): a cell a minute, newest hours in memory, older
/// ones in coded blocks. Not safe for concurrent use: its owner holds one lock around samples and evaluation.
/// </summary>
public sealed partial class MinuteStream
{
    // A sample further ahead than this is a broken clock, not traffic.
    private const long LongestJump = 400L * 1440;

    private readonly int _id;
    private readonly int _stagger;
    private readonly IBlockSource _source;
    private readonly BlockIndex _index = new();
    private readonly Dictionary<int, byte[]> _pending = [];
    private readonly List<StreamFollower> _followers = [];
    private MinuteRing _ring = null!;
    private int _ringFirst;
    private bool _skeletonChanged;
    private bool _skeletonTaken;
    private long _changedFrom = long.MaxValue;

    /// <summary>An empty stream.</summary>
    /// <param name="id">Its lasting number in the signal store.</param>
    /// <param name="source">Where blocks are read that left the memory.</param>
    public MinuteStream(int id, IBlockSource? source = null)
    {
        _id = id;
        _source = source ?? NoBlocks.Instance;
        // Streams end their blocks at different minutes, so that 100 000 of them do not read and write all at once.
        _stagger = (int)((uint)id * 37 % BlockCodec.Minutes);
    }

    /// <summary>The stream's number in the signal store.</summary>
    public int Id => _id;

    /// <summary>The newest minute that anything is known of; <see cref="long.MinValue"/> before the first.</summary>
    public long Front { get; private set; } = long.MinValue;

    /// <summary>The oldest minute with data; <see cref="long.MaxValue"/> before the first.</summary>
    public long FirstCovered { get; private set; } = long.MaxValue;

    /// <summary>
    /// When the first counter was read, in Unix milliseconds: nothing is known of the time before it. 0 where the stream
    /// began with events, and after a restart.
    /// </summary>
    public long BirthMs { get; internal set; }

    /// <summary>When its source was last read, in Unix milliseconds; 0 before the first.</summary>
    public long ReadMs { get; internal set; }

    /// <summary>For so long after a read the next one is only on its way.</summary>
    public long PatienceMs { get; internal set; }

    /// <summary>Share of the oldest minute with data that passed before the birth.</summary>
    internal double Unborn => BirthMs > 0 && Minute.Of(BirthMs) == FirstCovered ? (BirthMs - Minute.StartMs(FirstCovered)) / (double)Minute.Ms : 0;

    /// <summary>The newest minute that held events; <see cref="long.MinValue"/> before the first.</summary>
    public long LastEvent { get; private set; } = long.MinValue;

    /// <summary>True before the first cell.</summary>
    public bool IsEmpty => Front == long.MinValue;

    /// <summary>Counts changes of coded blocks; a cursor that stands in one reads it again.</summary>
    internal int LateVersion { get; private set; }

    /// <summary>Everything that ever happened, relative to the first block.</summary>
    public Sums All
    {
        get
        {
            if (IsEmpty) return default;
            FlushLate();
            return _index.StartOf(_ringFirst) + RingSince(RingStart, 0);
        }
    }

    private long RingStart => FirstMinuteOf(_ringFirst);

    /// <summary>Adds events to a minute; new minutes up to it come to be without data.</summary>
    /// <returns>False where the minute is refused as absurd.</returns>
    public bool Add(long minute, double bad, double total, MinuteMarks marks = MinuteMarks.Covered)
    {
        if (!Reach(minute)) return false;
        if (minute < RingStart)
        {
            AddLate(minute, new(bad, total, marks), replace: false);
        }
        else
        {
            PutRing(minute, bad, total, _ring.MarksAt(Slot(minute)) | marks);
        }

        Note(minute, total, marks);
        return true;
    }

    /// <summary>Replaces a minute.</summary>
    public bool Set(long minute, in Cell cell)
    {
        if (!Reach(minute)) return false;
        if (minute < RingStart)
        {
            AddLate(minute, cell, replace: true);
        }
        else
        {
            var before = CellAt(minute);
            PutRing(minute, cell.Bad - before.Bad, cell.Total - before.Total, cell.Marks);
        }

        Note(minute, cell.Total, cell.Marks);
        return true;
    }

    /// <summary>Tells a follower from which minute on it must look again.</summary>
    public void Follow(StreamFollower follower)
    {
        _followers.Add(follower);
        if (!IsEmpty) follower.Touch(FirstMinuteOf(_index.First));
    }

    internal int BlockOf(long minute) => (int)((minute + _stagger) / BlockCodec.Minutes);

    internal long FirstMinuteOf(int block) => ((long)block * BlockCodec.Minutes) - _stagger;

    internal Sums StartOf(int block) => _index.StartOf(block);

    private int Slot(long minute) => (int)((minute + _stagger) & (MinuteRing.Slots - 1));

    private void PutRing(long minute, double bad, double total, MinuteMarks marks)
    {
        var slot = Slot(minute);
        var before = _ring.MarksAt(slot);
        if (bad != 0 || total != 0) _ring.Add(slot, (int)(Front - minute), bad, total);
        if (marks != before) _ring.Mark(slot, marks);
        // Blocks that began after this minute began with more than was known then.
        if (BlockOf(minute) != BlockOf(Front))
            _index.Shift(BlockOf(minute), new(bad, total, (int)(marks & MinuteMarks.Covered) - (int)(before & MinuteMarks.Covered)));
    }

    private void Note(long minute, double total, MinuteMarks marks)
    {
        if ((marks & MinuteMarks.Covered) != MinuteMarks.None && minute < FirstCovered) FirstCovered = minute;
        if (minute < _changedFrom) _changedFrom = minute;
        if (total > 0 && minute > LastEvent) LastEvent = minute;
        foreach (var follower in _followers) follower.Touch(minute);
    }

    private bool Reach(long minute)
    {
        if (minute < 0) return false;
        if (IsEmpty)
        {
            Begin(minute);
            return true;
        }

        if (minute > Front + LongestJump || minute < Front - (10 * LongestJump)) return false;
        while (Front < minute) OpenNext();
        return true;
    }

    private void Begin(long minute)
    {
        _index.Append(BlockOf(minute), default);
        Open(BlockOf(minute));
        _skeletonChanged = true;
        while (Front < minute) OpenNext();
    }

    private void OpenNext()
    {
        var next = Front + 1;
        var run = _ring.RunAt(Slot(Front));
        if (BlockOf(next) != BlockOf(Front))
        {
            FlushLate();
            var start = _index.StartOf(_ringFirst) + RingSince(RingStart, 0);
            if (BlockOf(next) - _ringFirst >= MinuteRing.Slots / BlockCodec.Minutes)
            {
                Seal();
                run = _ring.RunAt(Slot(Front));
            }

            _index.Append(BlockOf(next), start);
        }

        Front = next;
        _ring.Open(Slot(next), run);
    }

    private void Seal()
    {
        _pending[_ringFirst] = EncodeRingBlock(_ringFirst);
        _ring.Rebase(_ring.RunAt(Slot(FirstMinuteOf(_ringFirst + 1) - 1)));
        _ringFirst++;
        _skeletonChanged = true;
    }
}

/// <summary>Something that is derived from a stream and must look again where the stream changed.</summary>
public sealed class StreamFollower
{
    /// <summary>The oldest changed minute since the last look; <see cref="long.MaxValue"/> when none.</summary>
    public long DirtyFrom { get; private set; } = long.MaxValue;

    /// <summary>A minute changed.</summary>
    public void Touch(long minute)
    {
        if (minute < DirtyFrom) DirtyFrom = minute;
    }

    /// <summary>Everything was looked at.</summary>
    public void Clear() => DirtyFrom = long.MaxValue;
}
