using System.Runtime.InteropServices;

namespace Nines.Measuring.Indicators;

/// <summary>
/// Minutes as whole numbers since 1970. Minute m holds what happened after its start up to and including its end, as
/// Prometheus' ranges do: a sample at exactly 12:01:00 belongs to the minute that ends there.
/// </summary>
public static class Minute
{
    /// <summary>Milliseconds in a minute.</summary>
    public const long Ms = 60_000;

    /// <summary>The minute that an event at this time belongs to.</summary>
    public static long Of(long unixMs) => (unixMs - 1) / Ms;

    /// <summary>Where a minute begins.</summary>
    public static long StartMs(long minute) => minute * Ms;

    /// <summary>Where a minute ends.</summary>
    public static long EndMs(long minute) => (minute + 1) * Ms;
}

/// <summary>What is known about a minute besides its sums.</summary>
[Flags]
public enum MinuteMarks
{
    /// <summary>No data came.</summary>
    None = 0,

    /// <summary>Data came, with or without events.</summary>
    Covered = 1,

    /// <summary>Its sums are a share of an increase across a hole.</summary>
    Spread = 2,

    /// <summary>No data came and the objective's no-data policy filled it in.</summary>
    Filled = 4,

    /// <summary>An exclusion took it out.</summary>
    Excluded = 8,
}

/// <summary>One minute.</summary>
/// <param name="Bad">Bad events.</param>
/// <param name="Total">All events.</param>
/// <param name="Marks">What else is known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cell(double Bad, double Total, MinuteMarks Marks);
