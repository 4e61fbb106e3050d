using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Nines.Measuring.Indicators;

/// <summary>
/// Writes a block of minutes. Whole numbers are coded as differences in variable-length integers (steady traffic takes
/// two to four bytes a minute); a block with fractions keeps the bits of its doubles that changed.
/// </summary>
/// <remarks>
/// Layout: one byte of form (1 whole numbers, 2 fractions; +4 per mark with a bitmap: spread 4, filled 8, excluded 16),
/// the covered bitmap and those of the marks (16 bytes each), then bad and total of every minute.
/// </remarks>
public static class BlockCodec
{
    /// <summary>Minutes in a block.</summary>
    public const int Minutes = 128;

    internal const byte Whole = 1;
    internal const byte Fractions = 2;
    internal const int BitmapBytes = Minutes / 8;

    // Doubles hold every whole number up to 2^53; differences of two stay exact below half of that.
    private const double LargestWhole = 1L << 52;

    /// <summary>Codes 128 minutes.</summary>
    public static byte[] Encode(ReadOnlySpan<Cell> cells)
    {
        var writer = new ArrayBufferWriter<byte>(512);
        var marks = MinuteMarks.None;
        var whole = true;
        foreach (ref readonly var cell in cells)
        {
            marks |= cell.Marks;
            whole &= IsWhole(cell.Bad) && IsWhole(cell.Total);
        }

        var form = (byte)((whole ? Whole : Fractions) | (((int)marks & ~1) << 1));
        writer.Write([form]);
        WriteBitmap(writer, cells, MinuteMarks.Covered);
        foreach (var mark in (ReadOnlySpan<MinuteMarks>)[MinuteMarks.Spread, MinuteMarks.Filled, MinuteMarks.Excluded])
            if ((marks & mark) != MinuteMarks.None) WriteBitmap(writer, cells, mark);
        if (whole) WriteWhole(writer, cells);
        else WriteFractions(writer, cells);
        return writer.WrittenSpan.ToArray();
    }

    private static bool IsWhole(double value) => Math.Abs(value) < LargestWhole && value == Math.Truncate(value);

    private static void WriteBitmap(ArrayBufferWriter<byte> writer, ReadOnlySpan<Cell> cells, MinuteMarks mark)
    {
        var bits = writer.GetSpan(BitmapBytes)[..BitmapBytes];
        bits.Clear();
        for (var i = 0; i < cells.Length; i++)
            if ((cells[i].Marks & mark) != MinuteMarks.None) bits[i >> 3] |= (byte)(1 << (i & 7));
        writer.Advance(BitmapBytes);
    }

    private static void WriteWhole(ArrayBufferWriter<byte> writer, ReadOnlySpan<Cell> cells)
    {
        long before = 0;
        foreach (ref readonly var cell in cells)
        {
            var total = (long)cell.Total;
            WriteVariable(writer, ZigZag((long)cell.Bad));
            WriteVariable(writer, ZigZag(total - before));
            before = total;
        }
    }

    private static void WriteFractions(ArrayBufferWriter<byte> writer, ReadOnlySpan<Cell> cells)
    {
        ulong bad = 0, total = 0;
        foreach (ref readonly var cell in cells)
        {
            WriteChange(writer, ref bad, cell.Bad);
            WriteChange(writer, ref total, cell.Total);
        }
    }

    /// <summary>The bits that differ from the value before: a byte with their first byte and length, then those bytes.</summary>
    private static void WriteChange(ArrayBufferWriter<byte> writer, ref ulong before, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var change = bits ^ before;
        before = bits;
        var skip = change == 0 ? 0 : BitOperations.TrailingZeroCount(change) >> 3;
        var length = change == 0 ? 0 : 8 - (BitOperations.LeadingZeroCount(change) >> 3) - skip;
        var span = writer.GetSpan(9);
        span[0] = (byte)((skip << 4) | length);
        BinaryPrimitives.WriteUInt64LittleEndian(span[1..], change >> (skip * 8));
        writer.Advance(1 + length);
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void WriteVariable(ArrayBufferWriter<byte> writer, ulong value)
    {
        var span = writer.GetSpan(10);
        var at = 0;
        while (value >= 0x80)
        {
            span[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[at++] = (byte)value;
        writer.Advance(at);
    }
}
