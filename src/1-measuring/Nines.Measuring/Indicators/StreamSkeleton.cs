using System.Buffers;
using System.Buffers.Binary;

namespace Nines.Measuring.Indicators;

/// <summary>
/// What a stream keeps of its whole history: the running sums at the start of every block that left the ring. Kept as
/// one row, so that a restart reads that row and the newest blocks instead of months of minutes.
/// </summary>
/// <param name="First">The oldest block.</param>
/// <param name="Starts">Sums before each block, the last one being the first of the ring.</param>
/// <param name="FirstCovered">The oldest minute with data; <see cref="long.MaxValue"/> before the first.</param>
/// <param name="LastEvent">The newest minute that held events; <see cref="long.MinValue"/> before the first.</param>
internal sealed record StreamSkeleton(int First, Sums[] Starts, long FirstCovered, long LastEvent)
{
    /// <summary>Where the row stands among a stream's blocks: behind every minute that can be.</summary>
    public const int Block = int.MaxValue;

    private const byte Whole = 0x21;
    private const byte Fractions = 0x22;
    private const int HeadBytes = 25;
    private const double LargestWhole = 1L << 52;

    /// <summary>As bytes: a head, then whole numbers as differences of variable length, or doubles as they are.</summary>
    public byte[] Encode()
    {
        var whole = Starts.All(s => IsWhole(s.Bad) && IsWhole(s.Total) && IsWhole(s.Covered));
        var writer = new ArrayBufferWriter<byte>(HeadBytes + (Starts.Length * (whole ? 8 : 24)));
        var head = writer.GetSpan(HeadBytes);
        head[0] = whole ? Whole : Fractions;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], First);
        BinaryPrimitives.WriteInt32LittleEndian(head[5..], Starts.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[9..], FirstCovered);
        BinaryPrimitives.WriteInt64LittleEndian(head[17..], LastEvent);
        writer.Advance(HeadBytes);
        var before = default(Sums);
        foreach (var start in Starts)
        {
            if (whole) WriteWhole(writer, start - before);
            else WriteDoubles(writer, start);
            before = start;
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads it back; null where these bytes are something else.</summary>
    public static StreamSkeleton? Decode(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeadBytes || data[0] is not (Whole or Fractions)) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(data[5..]);
        var whole = data[0] == Whole;
        var rest = data[HeadBytes..];
        if (count < 1 || count > rest.Length / (whole ? 3 : 24)) return null;
        var starts = new Sums[count];
        var before = default(Sums);
        for (var i = 0; i < count; i++)
        {
            if (whole) before += new Sums(ReadVariable(ref rest), ReadVariable(ref rest), ReadVariable(ref rest));
            else before = ReadDoubles(ref rest);
            starts[i] = before;
        }

        return new(BinaryPrimitives.ReadInt32LittleEndian(data[1..]), starts, BinaryPrimitives.ReadInt64LittleEndian(data[9..]), BinaryPrimitives.ReadInt64LittleEndian(data[17..]));
    }

    private static bool IsWhole(double value) => Math.Abs(value) < LargestWhole && value == Math.Truncate(value);

    private static void WriteWhole(ArrayBufferWriter<byte> writer, in Sums step)
    {
        foreach (var value in (ReadOnlySpan<double>)[step.Bad, step.Total, step.Covered])
        {
            var span = writer.GetSpan(10);
            var at = 0;
            var left = (ulong)(((long)value << 1) ^ ((long)value >> 63));
            for (; left >= 0x80; left >>= 7) span[at++] = (byte)(left | 0x80);
            span[at++] = (byte)left;
            writer.Advance(at);
        }
    }

    private static double ReadVariable(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; !rest.IsEmpty && shift < 64; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) break;
        }

        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private static void WriteDoubles(ArrayBufferWriter<byte> writer, in Sums start)
    {
        var span = writer.GetSpan(24);
        BinaryPrimitives.WriteDoubleLittleEndian(span, start.Bad);
        BinaryPrimitives.WriteDoubleLittleEndian(span[8..], start.Total);
        BinaryPrimitives.WriteDoubleLittleEndian(span[16..], start.Covered);
        writer.Advance(24);
    }

    private static Sums ReadDoubles(ref ReadOnlySpan<byte> rest)
    {
        var sums = new Sums(BinaryPrimitives.ReadDoubleLittleEndian(rest), BinaryPrimitives.ReadDoubleLittleEndian(rest[8..]), BinaryPrimitives.ReadDoubleLittleEndian(rest[16..]));
        rest = rest[24..];
        return sums;
    }
}
