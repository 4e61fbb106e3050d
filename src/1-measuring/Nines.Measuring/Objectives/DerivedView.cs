using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// A stream derived from an indicator where an objective counts something else than its plain events: slices, filled
/// holes, excluded minutes. What is derived is a stream like any other, so windows and budgets need no second way.
/// </summary>
internal sealed class DerivedView
{
    private readonly ISliceSource _source;
    private readonly MinuteStream _stream;
    private readonly int _slice;
    private long _next = long.MinValue;

    public DerivedView(ISliceSource source, MinuteStream stream, int sliceMinutes)
    {
        (_source, _stream, _slice) = (source, stream, sliceMinutes);
    }

    public MinuteStream Stream => _stream;

    public ISliceSource Source => _source;

    /// <summary>The indicator's own stream; null for several together.</summary>
    public MinuteStream? Plain => (_source as IndicatorSlices)?.Plain;

    /// <summary>True where slices are counted, not events.</summary>
    public bool CountsSlices => _source is not IndicatorSlices { CountsEvents: true };

    /// <summary>Minutes of a slice; the view lags behind now by up to this.</summary>
    public int SliceMinutes => _slice;

    /// <summary>Brings the view up to now: every slice that ended, and those whose minutes changed since.</summary>
    public void Sync(long nowMs)
    {
        var dirty = _source.TakeDirty(nowMs);
        if (dirty == long.MaxValue && _next == long.MinValue) return;
        var end = Slices.Start(Minute.Of(nowMs) + (nowMs % Minute.Ms == 0 ? 1 : 0), _slice);
        if (_next == long.MinValue) _next = Slices.Start(dirty, _slice);
        for (var slice = Math.Min(_next, Slices.Start(dirty, _slice)); slice < end; slice += _slice) Derive(slice, nowMs);
        _next = Math.Max(_next, end);
    }

    private void Derive(long slice, long nowMs)
    {
        var cell = _source.Slice(slice, nowMs, out var settled);
        var covered = cell.Marks & (MinuteMarks.Covered | MinuteMarks.Filled | MinuteMarks.Excluded);
        for (var i = 0; i < _slice - 1; i++) Put(slice + i, new(0, 0, covered));
        Put(slice + _slice - 1, cell);
        if (!settled) _source.Retry(slice);
    }

    private void Put(long minute, in Cell cell)
    {
        // A minute that held nothing and holds nothing needs no place.
        if (cell.Marks == MinuteMarks.None && (_stream.IsEmpty || minute > _stream.Front || _stream.CellAt(minute) == default)) return;
        _ = _stream.Set(minute, cell);
    }
}

/// <summary>Aligns slices to whole multiples of their length since 1970.</summary>
internal static class Slices
{
    /// <summary>The first minute of the slice that holds a minute.</summary>
    public static long Start(long minute, int slice) => minute == long.MaxValue ? minute : minute - (minute % slice);
}

/// <summary>Gives the cell of one slice.</summary>
internal interface ISliceSource
{
    /// <summary>The oldest minute that changed since the last call; <see cref="long.MaxValue"/> when none did.</summary>
    long TakeDirty(long nowMs);

    /// <summary>The cell of a slice; not settled while late data may still come for an empty one.</summary>
    Cell Slice(long firstMinute, long nowMs, out bool settled);

    /// <summary>Looks at a slice again next time.</summary>
    void Retry(long firstMinute);
}

/// <summary>What a slice's cell counts.</summary>
internal enum SliceShape
{
    /// <summary>Events, as they come.</summary>
    Events,

    /// <summary>One event a slice, bad when its ratio misses the slice target.</summary>
    GoodOrBad,

    /// <summary>One event a slice, bad by one less its ratio.</summary>
    Ratio,
}

/// <summary>Derives slices from one indicator.</summary>
internal sealed class IndicatorSlices : ISliceSource
{
    private readonly Objective _objective;
    private readonly MinuteStream _stream;
    private readonly SliceShape _shape;
    private readonly int _slice;
    private readonly double _sliceTarget;
    private readonly IReadOnlyList<Exclusion> _exclusions;
    private readonly long _settleMs;
    private readonly StreamFollower _follower = new();
    private readonly Cell[] _cells;

    public IndicatorSlices(
        Objective objective, MinuteStream stream, SliceShape shape, int slice, double sliceTarget, IReadOnlyList<Exclusion> exclusions, long settleMs)
    {
        (_objective, _stream, _shape, _slice, _sliceTarget, _exclusions, _settleMs) =
            (objective, stream, shape, slice, sliceTarget, exclusions, settleMs);
        _cells = new Cell[slice];
        stream.Follow(_follower);
    }

    public Objective Objective => _objective;

    public long TakeDirty(long nowMs)
    {
        var dirty = Math.Max(_follower.DirtyFrom, _stream.FirstCovered);
        _follower.Clear();
        return dirty;
    }

    public void Retry(long firstMinute) => _follower.Touch(firstMinute);

    public MinuteStream Plain => _stream;

    public bool CountsEvents => _shape == SliceShape.Events;

    public Cell Slice(long firstMinute, long nowMs, out bool settled)
    {
        settled = true;
        if (_slice == 1) _cells[0] = _stream.CellAt(firstMinute);
        else _stream.Read(firstMinute, _cells);
        var sum = default(Sums);
        var marks = MinuteMarks.None;
        for (var i = 0; i < _slice; i++)
        {
            if (IsExcluded(firstMinute + i))
            {
                marks |= MinuteMarks.Excluded;
                continue;
            }

            marks |= _cells[i].Marks;
            sum += new Sums(_cells[i].Bad, _cells[i].Total, 0);
        }

        var observed = sum.Total > 0 || (_shape == SliceShape.Events && (marks & MinuteMarks.Covered) != MinuteMarks.None);
        if (observed) return Observed(sum, marks);
        if ((marks & MinuteMarks.Excluded) != MinuteMarks.None) return new(0, 0, MinuteMarks.Excluded);
        if (_objective.NoData == NoDataPolicy.Ignore) return default;
        settled = Minute.EndMs(firstMinute + _slice - 1) + _settleMs <= nowMs;
        return settled ? Missing(firstMinute) : default;
    }

    private Cell Observed(Sums sum, MinuteMarks marks) => _shape switch
    {
        SliceShape.Events => new(sum.Bad, sum.Total, marks & ~MinuteMarks.Excluded),
        SliceShape.GoodOrBad => new(IsGood(sum.ErrorRatio) ? 0 : 1, 1, marks | MinuteMarks.Covered),
        _ => new(sum.ErrorRatio, 1, marks | MinuteMarks.Covered),
    };

    // Equality counts as good; the rounding of binary fractions must not decide it.
    private bool IsGood(double errorRatio) => 1 - errorRatio >= _sliceTarget - 1e-12;

    private Cell Missing(long firstMinute)
    {
        var total = _shape == SliceShape.Events ? HourOfWeek.Median(_stream, firstMinute) : 1;
        if (double.IsNaN(total)) return default;
        return new(_objective.NoData == NoDataPolicy.Bad ? total : 0, total, MinuteMarks.Covered | MinuteMarks.Filled);
    }

    private bool IsExcluded(long minute)
    {
        foreach (var exclusion in _exclusions)
            if (exclusion.Covers(Instant.FromUnixTimeSeconds(minute * 60))) return true;
        return false;
    }
}

/// <summary>Derives slices of a composite from those of its members (semantics.md 11).</summary>
internal sealed class CompositeSlices : ISliceSource
{
    private readonly IReadOnlyList<(ISliceSource Source, double Weight)> _members;
    private readonly bool _anyBad;

    public CompositeSlices(IReadOnlyList<(ISliceSource Source, double Weight)> members, bool anyBad) => (_members, _anyBad) = (members, anyBad);

    public long TakeDirty(long nowMs)
    {
        var dirty = long.MaxValue;
        foreach (var (source, _) in _members) dirty = Math.Min(dirty, source.TakeDirty(nowMs));
        return dirty;
    }

    public void Retry(long firstMinute)
    {
        foreach (var (source, _) in _members) source.Retry(firstMinute);
    }

    /// <summary>The plain members, also of composites in it, each with its share of all weights.</summary>
    public IEnumerable<(IndicatorSlices Source, double Weight)> Leaves(double weight)
    {
        var all = _members.Sum(m => m.Weight);
        foreach (var (source, own) in _members)
        {
            if (source is IndicatorSlices plain) yield return (plain, weight * own / all);
            else
                foreach (var leaf in ((CompositeSlices)source).Leaves(weight * own / all)) yield return leaf;
        }
    }

    public Cell Slice(long firstMinute, long nowMs, out bool settled)
    {
        settled = true;
        double bad = 0, weights = 0;
        foreach (var (source, weight) in _members)
        {
            var cell = source.Slice(firstMinute, nowMs, out var memberSettled);
            settled &= memberSettled;
            if (cell.Total <= 0) continue;
            weights += weight;
            bad = _anyBad ? Math.Max(bad, cell.Bad) : bad + (weight * cell.Bad);
        }

        if (weights == 0) return default;
        return new(_anyBad ? bad : bad / weights, 1, MinuteMarks.Covered);
    }
}
