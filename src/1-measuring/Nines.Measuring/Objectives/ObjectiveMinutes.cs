using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The minutes that an objective counts, one by one; NaN in both where nothing came in.</summary>
/// <param name="From">Start of the first minute.</param>
/// <param name="Bad">Bad events (or slices) of each minute.</param>
/// <param name="Total">All of them.</param>
public sealed record ObjectiveMinutes(Instant From, double[] Bad, double[] Total)
{
    /// <summary>Reads the minutes of a stretch. The caller holds the gate.</summary>
    internal static ObjectiveMinutes Read(WatchedObjective watched, Instant from, Instant to)
    {
        var first = from.ToUnixTimeMilliseconds() / Minute.Ms;
        var count = (int)Math.Clamp((to.ToUnixTimeMilliseconds() / Minute.Ms) - first, 0, Longest);
        var cells = new Cell[count];
        watched.Counted.Read(first, cells);
        var (bad, total) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
            (bad[i], total[i]) = (cells[i].Marks & (MinuteMarks.Covered | MinuteMarks.Filled)) != MinuteMarks.None ? (cells[i].Bad, cells[i].Total) : (double.NaN, double.NaN);
        return new(Instant.FromUnixTimeMilliseconds(first * Minute.Ms), bad, total);
    }

    // A year of minutes: the longest window there is.
    private const int Longest = 366 * 1440;
}
