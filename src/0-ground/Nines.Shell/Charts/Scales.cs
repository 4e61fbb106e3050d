using System.Runtime.InteropServices;

namespace Nines.Shell.Charts;

/// <summary>What the width of a chart spans; times are Unix milliseconds.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeScale(long FromMs, long ToMs)
{
    /// <summary>Place of an instant as a share of the width; outside the span it lies below 0 or above 1.</summary>
    public double Share(long atMs) => ToMs == FromMs ? 0 : (atMs - FromMs) / (double)(ToMs - FromMs);

    /// <summary>As <see cref="Share"/>, held inside the plot.</summary>
    public double Inside(long atMs) => Math.Clamp(Share(atMs), 0, 1);
}

/// <summary>What the height of a chart spans. A logarithmic scale needs a <paramref name="Low"/> above zero.</summary>
public readonly record struct ValueScale(double Low, double High, bool Log = false)
{
    /// <summary>Height of a value as a share of the plot, held between 0 (bottom) and 1 (top).</summary>
    public double Up(double value)
    {
        if (High <= Low) return 0;
        var share = Log
            ? value <= 0 ? 0 : Math.Log(value / Low) / Math.Log(High / Low)
            : (value - Low) / (High - Low);
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>A scale that starts at zero and ends on a round number above the largest value.</summary>
    public static ValueScale FromZero(double largest) => new(0, largest > 0 && double.IsFinite(largest) ? Ticks.RoundUp(largest) : 1);
}
