using System.Runtime.InteropServices;

namespace Nines.Measuring.Indicators;

/// <summary>Running sums of a stream since it began; the difference of two of them says everything about a window.</summary>
/// <param name="Bad">Bad events.</param>
/// <param name="Total">All events.</param>
/// <param name="Covered">Minutes for which data came.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Sums(double Bad, double Total, double Covered)
{
    /// <summary>What happened between two instants.</summary>
    public static Sums operator -(Sums later, Sums earlier) =>
        new(later.Bad - earlier.Bad, later.Total - earlier.Total, later.Covered - earlier.Covered);

    /// <summary>Two stretches together.</summary>
    public static Sums operator +(Sums one, Sums other) =>
        new(one.Bad + other.Bad, one.Total + other.Total, one.Covered + other.Covered);

    /// <summary>A share of a stretch, for an edge inside a minute.</summary>
    public Sums Times(double fraction) => new(Bad * fraction, Total * fraction, Covered * fraction);

    /// <summary>The error ratio from 0 to 1, or 0 where nothing happened; good events above all events are clamped (semantics.md 1).</summary>
    public double ErrorRatio => Total <= 0 ? 0 : Math.Clamp(Bad / Total, 0, 1);
}
