using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Nines.Measuring.Ingestion;

/// <summary>
/// Turns label bytes into strings, and gives the same string again for bytes seen lately: labels repeat from series to series. A fixed number
/// of places, the newest wins; safe to use from several threads, because a place holds one reference.
/// </summary>
internal sealed class TextCache
{
    private const int Places = 16_384;
    private const int LongestKept = 256;
    private readonly string?[] _texts = new string?[Places];

    /// <summary>The string of valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LongestKept) return Encoding.UTF8.GetString(utf8);
        ref var place = ref _texts[Hash(utf8) & (Places - 1)];
        if (place is { } known && known.Length == utf8.Length && Ascii.Equals(utf8, known)) return known;
        var text = Encoding.UTF8.GetString(utf8);
        // Only ASCII is found again: other texts have another length in UTF-16, or bytes that are no ASCII.
        place = text;
        return text;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        ulong a, b;
        if (length >= 8)
        {
            a = Unsafe.ReadUnaligned<ulong>(ref start);
            b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        }
        else
        {
            a = (ulong)start << 8 | bytes[length - 1];
            b = (ulong)bytes[length / 2] << 16 | (ulong)bytes[length / 3] << 8 | bytes[2 * length / 3];
        }
        var mixed = (a ^ (b * 0x9E3779B97F4A7C15) ^ (ulong)length) * 0xC2B2AE3D27D4EB4F;
        return (int)(mixed >> 40);
    }
}
