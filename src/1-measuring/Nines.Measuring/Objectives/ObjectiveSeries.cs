using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>A line for a chart: even steps, NaN where nobody knows.</summary>
/// <param name="From">Time of the first point.</param>
/// <param name="Step">Distance of two points.</param>
/// <param name="Values">The points.</param>
public sealed record ObjectiveSeries(Instant From, Duration Step, IReadOnlyList<double> Values);

/// <summary>Draws lines from the minutes of a stream. The caller holds the gate.</summary>
internal static class SeriesReader
{
    // Longer lines are read in pieces, so that no chart asks for a large array.
    private const int Piece = 4096;

    /// <summary>Burn of each step: bad over total of its own minutes, by the budget.</summary>
    public static ObjectiveSeries Burn(WatchedObjective watched, Instant from, Instant to, int points)
    {
        var (first, step) = Grid(from, to, ref points);
        var values = new double[points];
        var cursor = default(EdgeCursor);
        var before = watched.Counted.At(first, 0, ref cursor);
        for (var i = 0; i < points; i++)
        {
            var after = watched.Counted.At(first + ((i + 1L) * step), 0, ref cursor);
            var sums = after - before;
            values[i] = sums.Total > 0 ? sums.ErrorRatio / watched.Objective.Budget : double.NaN;
            before = after;
        }

        return new(Instant.FromUnixTimeMilliseconds(Minute.EndMs(first + step - 1)), Duration.FromMinutes(step), values);
    }

    /// <summary>Events a minute of each step.</summary>
    public static ObjectiveSeries Traffic(WatchedObjective watched, Instant from, Instant to, int points)
    {
        var (first, step) = Grid(from, to, ref points);
        var values = new double[points];
        var cursor = default(EdgeCursor);
        var before = watched.Counted.At(first, 0, ref cursor);
        for (var i = 0; i < points; i++)
        {
            var after = watched.Counted.At(first + ((i + 1L) * step), 0, ref cursor);
            var sums = after - before;
            values[i] = sums.Covered > 0 ? sums.Total / sums.Covered : double.NaN;
            before = after;
        }

        return new(Instant.FromUnixTimeMilliseconds(Minute.EndMs(first + step - 1)), Duration.FromMinutes(step), values);
    }

    /// <summary>
    /// Budget left at each step: as the window that ended there saw it, measured by today's N̂, so that the line ends
    /// at the figure that stands beside it. Two edges walk through the minutes, one the length of the window behind.
    /// </summary>
    public static ObjectiveSeries Remaining(WatchedObjective watched, Evaluation now, Instant from, Instant to, int points)
    {
        var (first, step) = Grid(from, to, ref points);
        var values = new double[points];
        var allowed = watched.Objective.Budget * now.Budget.Expected;
        var (front, back) = (default(EdgeCursor), default(EdgeCursor));
        var part = watched.Parts[0];
        var stream = watched.Counted;
        for (var i = 0; i < points; i++)
        {
            var end = first + ((i + 1L) * step);
            var start = part.Period.IsCalendar ? part.Period.At(Minute.StartMs(end)).StartMs / Minute.Ms : end - watched.PeriodMinutes;
            if (end <= stream.FirstCovered || allowed <= 0)
            {
                values[i] = double.NaN;
                continue;
            }

            var sums = stream.At(end, 0, ref front) - stream.At(Math.Max(0, start), 0, ref back);
            values[i] = 1 - (Math.Max(0, sums.Bad) / allowed);
        }

        return new(Instant.FromUnixTimeMilliseconds(Minute.EndMs(first + step - 1)), Duration.FromMinutes(step), values);
    }

    private static (long First, int Step) Grid(Instant from, Instant to, ref int points)
    {
        var minutes = Math.Max(1, (long)Math.Ceiling((to - from).TotalMinutes));
        points = (int)Math.Clamp(Math.Min(points, minutes), 1, Piece);
        var step = (int)Math.Max(1, (minutes + points - 1) / points);
        var last = to.ToUnixTimeMilliseconds() / Minute.Ms;
        points = (int)Math.Max(1, minutes / step);
        return (last - ((long)points * step), step);
    }
}
