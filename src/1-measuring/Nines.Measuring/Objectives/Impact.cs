using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// When users began and ceased to feel what an alert is about: the run of minutes with burn above 1, in which fewer
/// than 30 good ones in a row do not end it (semantics.md 9).
/// </summary>
public static class Impact
{
    private const int GoodMinutes = 30;
    private const int LongestRun = 7 * 1440;

    /// <summary>The first minute of the run that led to <paramref name="minute"/>; null where no minute before it burned.</summary>
    public static long? Start(MinuteStream stream, double budget, long minute) => Edges(stream, budget, minute)?.First;

    /// <summary>The last minute of the run that led to <paramref name="minute"/>; null where no minute before it burned.</summary>
    public static long? End(MinuteStream stream, double budget, long minute) => Edges(stream, budget, minute)?.Last;

    private static (long First, long Last)? Edges(MinuteStream stream, double budget, long minute)
    {
        Span<Cell> cells = stackalloc Cell[BlockCodec.Minutes];
        (long First, long Last)? run = null;
        for (var at = minute; at > minute - LongestRun; at -= cells.Length)
        {
            stream.Read(at - cells.Length + 1, cells);
            for (var i = cells.Length - 1; i >= 0; i--)
            {
                var here = at - (cells.Length - 1 - i);
                var burns = cells[i].Total > 0 && cells[i].Bad / cells[i].Total > budget * (1 + 1e-12);
                if (burns) run = (here, run?.Last ?? here);
                else if (run is { } found && found.First - here > GoodMinutes) return run;
            }
        }

        return run;
    }
}
