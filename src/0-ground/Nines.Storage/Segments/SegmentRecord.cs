using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nines.Storage;

/// <summary>
/// The head of one record in a segment, 32 bytes, little endian: magic (4), body length (4), position (8), received at in
/// unix ms (8), kind (4), CRC-32C over the 28 bytes before and the body (4). Then the body.
/// </summary>
internal readonly record struct SegmentRecord(int Length, long Position, long AtUnixMs, int Kind, uint Crc)
{
    public const int HeadSize = 32;

    // Larger than any door accepts; a length above it is garbage, not a record.
    public const int LargestBody = 256 << 20;

    private const uint Magic = 0x314c534e; // "NSL1"

    /// <summary>Writes a head for a body.</summary>
    public static void Write(Span<byte> head, long position, long atUnixMs, int kind, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], body.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], position);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], atUnixMs);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], kind);
        BinaryPrimitives.WriteUInt32LittleEndian(head[28..], Checksum(head[..28], body));
    }

    /// <summary>Reads a head; false where there is none. The body is checked by <see cref="Fits"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out SegmentRecord record)
    {
        record = default;
        if (head.Length < HeadSize || BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if (length is < 0 or > LargestBody) return false;
        record = new(
            length, BinaryPrimitives.ReadInt64LittleEndian(head[8..]), BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(head[24..]), BinaryPrimitives.ReadUInt32LittleEndian(head[28..]));
        return true;
    }

    /// <summary>True when head and body are what was written.</summary>
    public bool Fits(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => Checksum(head[..28], body) == Crc;

    /// <summary>CRC-32C (Castagnoli, RFC 3720), the polynomial that processors have an instruction for.</summary>
    private static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body) => ~Add(Add(uint.MaxValue, head), body);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes)) crc = BitOperations.Crc32C(crc, eight);
        foreach (var one in bytes[(bytes.Length & ~7)..]) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
