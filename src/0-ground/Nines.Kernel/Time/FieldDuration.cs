using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Durations in the field's notation: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>28d</c>, <c>1w</c>, <c>250ms</c>
/// (Prometheus' own text form; a day is 24 h, a week 7 d).
/// </summary>
public static class FieldDuration
{
    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ];

    /// <summary>Reads one duration. Case matters; units go from large to small; each at most once.</summary>
    /// <returns>False for anything else, and for more than 100 years.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Duration duration)
    {
        duration = Duration.Zero;
        if (text.IsEmpty) return false;
        if (text is "0") return true;
        long total = 0;
        var lastUnit = -1;
        while (!text.IsEmpty)
        {
            var digits = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
            if (digits is 0 or > 12) return false;
            var amount = long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[digits..];
            var unit = UnitAt(text);
            if (unit <= lastUnit) return false;
            lastUnit = unit;
            total += amount * Units[unit].Milliseconds;
            if (total is < 0 or > 100L * 366 * 86_400_000) return false;
            text = text[Units[unit].Unit.Length..];
        }

        duration = Duration.FromMilliseconds(total);
        return true;
    }

    /// <summary>Reads one duration that is known to be well-formed.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Duration Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"\"{text}\" is not a duration. Write one such as 30s, 5m, 1h30m or 28d.");

    /// <summary>The shortest text of the same length: days are the largest unit, as in <c>28d</c> and <c>1h30m</c>.</summary>
    public static string Format(Duration duration)
    {
        var rest = (long)duration.TotalMilliseconds;
        if (rest == 0) return "0s";
        var text = new StringBuilder(rest < 0 ? "-" : "");
        rest = Math.Abs(rest);
        foreach (var (unit, size) in Units)
        {
            if (unit is "w" || rest < size) continue;
            text.Append(rest / size).Append(unit);
            rest %= size;
        }

        return text.ToString();
    }

    private static int UnitAt(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("ms")) return 5;
        for (var i = 0; i < Units.Length - 1; i++)
            if (text.StartsWith(Units[i].Unit)) return i;
        return -1;
    }
}
