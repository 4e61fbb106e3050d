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

    /// <summary>Burn of each step: bad over total of its own minutes, by the budget; of a composite's members weight × burn is added (semantics.md 11).</summary>
    public static ObjectiveSeries Burn(WatchedObjective watched, Instant from, Instant to, int points) =>
        Walk(watched, from, to, points, steps => steps.Any(s => s.Sums.Total > 0) ? steps.Sum(s => s.Part.Weight * s.Sums.ErrorRatio / s.Part.Objective.Budget) : double.NaN);

    /// <summary>Events a minute of each step, of all members together.</summary>
    public static ObjectiveSeries Traffic(WatchedObjective watched, Instant from, Instant to, int points) =>
        Walk(watched, from, to, points, steps => steps.Any(s => s.Sums.Covered > 0) ? steps.Sum(s => s.Sums.Covered > 0 ? s.Sums.Total / s.Sums.Covered : 0) : double.NaN);

    /// <summary>
    /// Budget left at each step: as the window that ended there saw it, measured by today's N̂, so that the line ends
    /// at the figure that stands beside it. Two edges walk through the minutes, one the length of the window behind.
    /// </summary>
    public static ObjectiveSeries Remaining(WatchedObjective watched, Instant from, Instant to, int points)
    {
        var (first, step) = Grid(from, to, ref points);
        var values = new double[points];
        Array.Fill(values, 1);
        foreach (var part in watched.Parts)
        {
            part.Sync(to.ToUnixTimeMilliseconds());
            var allowed = part.Objective.Budget * Evaluator.SumsOf(part, to.ToUnixTimeMilliseconds()).Expected;
            var (front, back) = (default(EdgeCursor), default(EdgeCursor));
            var stream = part.Reader.Stream;
            for (var i = 0; i < points && allowed > 0; i++)
            {
                var end = first + ((i + 1L) * step);
                var start = part.Period.IsCalendar ? part.Period.At(Minute.StartMs(end)).StartMs / Minute.Ms : end - watched.PeriodMinutes;
                var sums = stream.At(end, 0, ref front) - stream.At(Math.Max(0, start), 0, ref back);
                values[i] -= part.Weight * Math.Max(0, sums.Bad) / allowed;
            }
        }

        // Before its first minute nobody knows.
        var born = watched.Parts.Min(p => p.Reader.Stream.FirstCovered);
        for (var i = 0; i < points; i++)
            if (first + ((i + 1L) * step) <= born) values[i] = double.NaN;
        return new(Instant.FromUnixTimeMilliseconds(Minute.EndMs(first + step - 1)), Duration.FromMinutes(step), values);
    }

    /// <summary>What each part saw in each step, put into one figure.</summary>
    private static ObjectiveSeries Walk(WatchedObjective watched, Instant from, Instant to, int points, Func<(Member Part, Sums Sums)[], double> figure)
    {
        var (first, step) = Grid(from, to, ref points);
        var (parts, values) = (watched.Parts, new double[points]);
        var cursors = new EdgeCursor[parts.Length];
        var before = new Sums[parts.Length];
        var seen = new (Member, Sums)[parts.Length];
        for (var p = 0; p < parts.Length; p++) before[p] = parts[p].Reader.Stream.At(first, 0, ref cursors[p]);
        for (var i = 0; i < points; i++)
        {
            for (var p = 0; p < parts.Length; p++)
            {
                var after = parts[p].Reader.Stream.At(first + ((i + 1L) * step), 0, ref cursors[p]);
                (seen[p], before[p]) = ((parts[p], after - before[p]), after);
            }

            values[i] = figure(seen);
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
