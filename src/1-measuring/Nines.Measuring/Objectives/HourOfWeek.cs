using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>What is usual at this hour of the week: the yardstick for silence (semantics.md 3).</summary>
public static class HourOfWeek
{
    private const int WeekMinutes = 7 * 1440;
    private const int Weeks = 4;
    private const int LeastMinutes = 30;

    /// <summary>
    /// Median events a minute at the hour of the week (UTC) that holds a minute, over up to four earlier weeks. A
    /// stream younger than that answers with the median of the hour before it fell silent; NaN where fewer than 30
    /// minutes are known.
    /// </summary>
    public static double Median(MinuteStream stream, long minute)
    {
        Span<double> totals = stackalloc double[Weeks * 60];
        Span<Cell> hour = stackalloc Cell[60];
        var count = 0;
        var start = minute - (minute % 60);
        for (var week = 1; week <= Weeks; week++)
        {
            stream.Read(start - (week * WeekMinutes), hour);
            count = Collect(hour, totals, count);
        }

        if (count < LeastMinutes)
        {
            count = 0;
            stream.Read(Math.Min(minute, stream.LastEvent + 1) - 60, hour);
            count = Collect(hour, totals, count);
        }

        if (count < LeastMinutes) return double.NaN;
        totals = totals[..count];
        totals.Sort();
        return count % 2 == 1 ? totals[count / 2] : (totals[(count / 2) - 1] + totals[count / 2]) / 2;
    }

    private static int Collect(ReadOnlySpan<Cell> cells, Span<double> totals, int count)
    {
        foreach (ref readonly var cell in cells)
            if ((cell.Marks & MinuteMarks.Covered) != MinuteMarks.None) totals[count++] = cell.Total;
        return count;
    }
}
