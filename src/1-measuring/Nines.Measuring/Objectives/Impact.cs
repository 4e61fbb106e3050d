using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// When users began and ceased to feel what an alert is about: the run of minutes with burn above 1, in which fewer
/// than 30 good ones in a row do not end it (semantics.md 9).
/// </summary>
internal static class Impact
{
    private const int GoodMinutes = 30;
    private const int LongestRun = 7 * 1440;

    /// <summary>The first minute of the run that led to <paramref name="minute"/>; null where no minute before it burned.</summary>
    public static long? Start(WatchedObjective watched, long minute) => Edges(watched.Parts, minute)?.First;

    /// <summary>The last minute of the run that led to <paramref name="minute"/>; null where no minute before it burned.</summary>
    public static long? End(WatchedObjective watched, long minute) => Edges(watched.Parts, minute)?.Last;

    private static (long First, long Last)? Edges(Member[] parts, long minute)
    {
        Span<double> burn = stackalloc double[BlockCodec.Minutes];
        (long First, long Last)? run = null;
        for (var at = minute; at > minute - LongestRun; at -= burn.Length)
        {
            Read(parts, at - burn.Length + 1, burn);
            for (var i = burn.Length - 1; i >= 0; i--)
            {
                var here = at - (burn.Length - 1 - i);
                if (burn[i] > 1 + 1e-12) run = (here, run?.Last ?? here);
                else if (run is { } found && found.First - here > GoodMinutes) return run;
            }
        }

        return run;
    }

    /// <summary>The burn of each minute: of a composite's members weight × burn is added (semantics.md 11).</summary>
    private static void Read(Member[] parts, long first, Span<double> burn)
    {
        Span<Cell> cells = stackalloc Cell[BlockCodec.Minutes];
        burn.Clear();
        foreach (var part in parts)
        {
            part.Reader.Stream.Read(first, cells);
            for (var i = 0; i < burn.Length; i++)
                if (cells[i].Total > 0) burn[i] += part.Weight * cells[i].Bad / cells[i].Total / part.Objective.Budget;
        }
    }
}
