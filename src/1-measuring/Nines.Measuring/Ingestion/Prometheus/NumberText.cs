using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nines.Measuring.Ingestion.Prometheus;

/// <summary>
/// Reads numbers as Prometheus writes them. Up to 19 digits and a small power of ten are exact in two steps of double arithmetic
/// (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990); everything else goes the platform's way.
/// </summary>
internal static class NumberText
{
    private const int MostDigits = 19;
    private const ulong LargestExact = 1UL << 53;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("0123456789.eE+-"u8);
    private static readonly double[] Tens =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The whole span is one number, NaN or an infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        ulong digits = 0;
        var (at, count, fraction) = (0, 0, 0);
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') at = 1;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++, count++) digits = digits * 10 + (uint)(text[at] - '0');
        if (at < text.Length && text[at] == '.')
            for (at++; at < text.Length && (uint)(text[at] - '0') <= 9; at++, count++, fraction++) digits = digits * 10 + (uint)(text[at] - '0');
        if (at < text.Length || count is 0 or > MostDigits || digits > LargestExact || fraction > 22) return TrySlow(text, out value);
        value = digits;
        if (fraction > 0) value /= Tens[fraction];
        if (negative) value = -value;
        return true;
    }

    /// <summary>A whole number that fits 64 bits.</summary>
    public static bool TryLong(ReadOnlySpan<byte> text, out long value)
    {
        if (text.Length > 0 && text[0] == '+') text = text[1..];
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    private static bool TrySlow(ReadOnlySpan<byte> text, out double value)
    {
        var sign = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var word = text[sign..];
        if (Is(word, "inf"u8) || Is(word, "infinity"u8))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        if (Is(word, "nan"u8))
        {
            value = double.NaN;
            return true;
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        // Letters other than an exponent, the platform's own words for infinity among them, are no numbers here.
        return word.IndexOfAnyExcept(Letters) < 0 && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(word, lower);
}
