using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>128 bits that stand for the bytes by which a door knows a series.</summary>
public readonly record struct SeriesKey(ulong High, ulong Low);

/// <summary>
/// Hashes label bytes as they stand on the wire. Two lanes of multiply-and-fold (the construction of wyhash and XXH3, by Wang Yi and
/// Yann Collet), keyed per process so that a sender cannot aim at a collision. It stands for System.IO.Hashing's XxHash128.
/// </summary>
public readonly struct SeriesHasher(ulong seedA, ulong seedB)
{
    private readonly ulong _a = seedA | 1;
    private readonly ulong _b = seedB | 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SeriesKey Hash(ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        var one = _a ^ ((ulong)length * 0x9E3779B97F4A7C15);
        var two = _b ^ ((ulong)length * 0xC2B2AE3D27D4EB4F);
        var at = 0;
        for (; at + 16 <= length; at += 16)
        {
            var x = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
            var y = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at + 8));
            one = Fold(one ^ x, y ^ 0xA0761D6478BD642F) + y;
            two = Fold(two ^ y, x ^ 0xE7037ED1A0B428DB) + x;
        }
        if (at < length)
        {
            var (x, y) = Tail(ref start, length);
            one = Fold(one ^ x, y ^ 0xA0761D6478BD642F) + y;
            two = Fold(two ^ y, x ^ 0xE7037ED1A0B428DB) + x;
        }
        return new SeriesKey(Fold(one ^ _a, two ^ 0x8EBC6AF09C88C6E3), Fold(two ^ _b, one ^ 0x589965CC75374CC3));
    }

    /// <summary>The last bytes, read again with some before them where there are such: the length is part of the hash, so no two texts read alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong X, ulong Y) Tail(ref byte start, int length)
    {
        if (length >= 16) return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 16)), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)));
        if (length >= 8) return (Unsafe.ReadUnaligned<ulong>(ref start), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)));
        if (length >= 4) return (Unsafe.ReadUnaligned<uint>(ref start), Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)));
        return ((ulong)start << 16 | (ulong)Unsafe.Add(ref start, length >> 1) << 8 | Unsafe.Add(ref start, length - 1), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        return high ^ low;
    }
}
