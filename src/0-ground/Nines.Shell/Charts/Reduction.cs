using System.Runtime.InteropServices;

namespace Nines.Shell.Charts;

/// <summary>A run of points without a hole, in plot units; <paramref name="Partial"/> runs are drawn dotted.</summary>
internal sealed record Run(bool Partial, List<(double X, double Y)> Points);

/// <summary>
/// Brings any number of values down to what a screen can show: of each column of pixels the lowest, the highest
/// and the last value stay (no spike is lost), then points on a straight line go.
/// </summary>
internal static class Reduction
{
    /// <summary>Plot units across; the widest chart of a 1440 px page has about as many pixels.</summary>
    public const int Columns = 1000;

    // A fifth of a pixel at the plot's height: below what anyone sees.
    private const double Flat = 0.2;

    public static List<Run> Runs(Series series, TimeScale time, ValueScale value, double height)
    {
        var runs = new List<Run>();
        var values = series.Values.Span;
        Run? run = null;
        var column = new Column();
        for (var i = 0; i < values.Length; i++)
        {
            var at = series.TimeOf(i);
            // One step beyond each edge is taken too, so that lines run into the edge; the plot cuts them there.
            if (at + series.StepMs <= time.FromMs || at - series.StepMs >= time.ToMs) continue;
            var partial = at > series.PartialFromMs;
            if (!double.IsFinite(values[i]))
            {
                Close(ref run, ref column, runs);
                continue;
            }
            var x = time.Share(at) * Columns;
            var y = (1 - value.Up(values[i])) * height;
            if (run is null || run.Partial != partial)
            {
                var joint = run is null ? default((double, double)?) : column.IsEmpty ? run.Points[^1] : column.Last;
                Close(ref run, ref column, runs);
                run = new Run(partial, joint is { } point ? [point] : []);
            }
            if (!column.IsEmpty && (int)x != column.Index) column.Flush(run.Points);
            column.Add(x, y);
        }
        Close(ref run, ref column, runs);
        foreach (var one in runs) Straighten(one.Points);
        return runs;
    }

    /// <summary>Stretches of time without data: between two values more than one step apart, or where values are NaN.</summary>
    public static List<(long FromMs, long ToMs)> Gaps(Series series, TimeScale time)
    {
        var gaps = new List<(long, long)>();
        var values = series.Values.Span;
        long? open = null;
        for (var i = 0; i < values.Length; i++)
        {
            var at = series.TimeOf(i);
            if (at + series.StepMs <= time.FromMs || at > time.ToMs) continue;
            var missing = !double.IsFinite(values[i]);
            if (missing) open ??= Math.Max(at, time.FromMs);
            if (!missing && open is { } from)
            {
                gaps.Add((from, at));
                open = null;
            }
        }
        if (open is { } last && values.Length > 0) gaps.Add((last, Math.Min(time.ToMs, series.TimeOf(values.Length))));
        return gaps;
    }

    private static void Close(ref Run? run, ref Column column, List<Run> runs)
    {
        if (run is null) return;
        column.Flush(run.Points);
        runs.Add(run);
        run = null;
    }

    /// <summary>Takes out points that lie within <see cref="Flat"/> of the line between their neighbours (swinging door, one pass).</summary>
    private static void Straighten(List<(double X, double Y)> points)
    {
        if (points.Count < 3) return;
        var kept = 1;
        var (anchor, low, high) = (points[0], double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 1; i < points.Count; i++)
        {
            var point = points[i];
            var dx = point.X - anchor.X;
            var slope = dx > 0 ? (point.Y - anchor.Y) / dx : double.NaN;
            if (!(slope >= low && slope <= high) && i > 1)
            {
                anchor = points[i - 1];
                points[kept++] = anchor;
                (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
                dx = point.X - anchor.X;
            }
            if (dx > 0)
            {
                low = Math.Max(low, (point.Y - Flat - anchor.Y) / dx);
                high = Math.Min(high, (point.Y + Flat - anchor.Y) / dx);
            }
            else
            {
                // Two values of one column: a vertical stroke, whose ends must both stay.
                (low, high) = (1, -1);
            }
        }
        points[kept++] = points[^1];
        points.RemoveRange(kept, points.Count - kept);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Column
    {
        private (double X, double Y) _low;
        private (double X, double Y) _high;
        private int _count;

        public (double X, double Y) Last { get; private set; }

        public int Index { get; private set; }

        public readonly bool IsEmpty => _count == 0;

        public void Add(double x, double y)
        {
            if (_count++ == 0)
            {
                (_low, _high, Index) = ((x, y), (x, y), (int)x);
            }
            else if (y < _low.Y)
            {
                _low = (x, y);
            }
            else if (y > _high.Y)
            {
                _high = (x, y);
            }
            Last = (x, y);
        }

        public void Flush(List<(double X, double Y)> points)
        {
            if (_count == 0) return;
            var (first, second) = _low.X <= _high.X ? (_low, _high) : (_high, _low);
            points.Add(first);
            if (second != first) points.Add(second);
            if (Last != second) points.Add(Last);
            _count = 0;
        }
    }
}
