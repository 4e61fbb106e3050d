using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>
/// Decodes snappy's block format (github.com/google/snappy, format_description.txt). It stands for IronSnappy, which allocates the
/// result and copies byte by byte; here the caller owns the buffer. Never writes outside it and never throws on bytes.
/// </summary>
internal static class SnappyBlock
{
    /// <summary>The target must be longer than the content by this, so that short pieces may be copied 16 bytes at a time.</summary>
    public const int Slack = 32;

    /// <summary>Reads the length that the block declares; false where there is none or it does not fit 32 bits.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> block, out uint length, out int headerBytes)
    {
        length = 0;
        for (headerBytes = 0; headerBytes < 5 && headerBytes < block.Length;)
        {
            var b = block[headerBytes];
            if (headerBytes == 4 && b > 0x0F) return false;
            length |= (uint)(b & 0x7F) << (7 * headerBytes++);
            if (b < 0x80) return true;
        }
        return false;
    }

    /// <summary>Decodes a whole block into <paramref name="target"/>, whose size is at least the declared length plus <see cref="Slack"/>.</summary>
    /// <returns>The content's length, or -1 where the block is damaged.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> target)
    {
        if (!TryReadLength(block, out var declared, out var at) || declared > int.MaxValue || target.Length - Slack < (int)declared) return -1;
        ref var from = ref MemoryMarshal.GetReference(block);
        ref var to = ref MemoryMarshal.GetReference(target);
        var (end, outEnd, outAt) = (block.Length, (int)declared, 0);
        while (at < end)
        {
            int tag = Unsafe.Add(ref from, at++);
            if ((tag & 3) == 0)
            {
                var length = (tag >> 2) + 1;
                if (length <= 16 && end - at >= 16 && length <= outEnd - outAt)
                {
                    Copy16(ref Unsafe.Add(ref to, outAt), ref Unsafe.Add(ref from, at));
                }
                else
                {
                    if (length > 60 && !LongLength(block, ref at, ref length)) return -1;
                    if (length > end - at || length > outEnd - outAt) return -1;
                    block.Slice(at, length).CopyTo(target[outAt..]);
                }
                at += length;
                outAt += length;
                continue;
            }
            if (!ReadCopy(block, tag, ref at, out var size, out var offset)) return -1;
            if ((uint)(offset - 1) >= (uint)outAt || size > outEnd - outAt) return -1;
            CopyBack(ref to, outAt, offset, size);
            outAt += size;
        }
        return outAt == outEnd ? outAt : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy16(ref byte to, ref byte from)
        => Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<UInt128>(ref from));

    /// <summary>Lengths above 60 stand in one to four bytes after the tag.</summary>
    private static bool LongLength(ReadOnlySpan<byte> block, ref int at, ref int length)
    {
        var bytes = length - 60;
        if (block.Length - at < bytes) return false;
        uint value = 0;
        for (var i = 0; i < bytes; i++) value |= (uint)block[at + i] << (8 * i);
        at += bytes;
        if (value >= int.MaxValue) return false;
        length = (int)value + 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ReadCopy(ReadOnlySpan<byte> block, int tag, ref int at, out int size, out int offset)
    {
        size = (tag >> 2) + 1;
        offset = 0;
        switch (tag & 3)
        {
            case 1:
                if (at >= block.Length) return false;
                size = ((tag >> 2) & 7) + 4;
                offset = ((tag & 0xE0) << 3) | block[at++];
                return true;
            case 2:
                if (block.Length - at < 2) return false;
                offset = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
                at += 2;
                return true;
            default:
                if (block.Length - at < 4) return false;
                offset = BinaryPrimitives.ReadInt32LittleEndian(block[at..]);
                at += 4;
                return true;
        }
    }

    /// <summary>Repeats what stands <paramref name="offset"/> bytes back. The slack allows whole words to be written past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBack(ref byte to, int at, int offset, int size)
    {
        ref var target = ref Unsafe.Add(ref to, at);
        ref var source = ref Unsafe.Add(ref to, at - offset);
        if (offset >= 16)
        {
            Copy16(ref target, ref source);
            for (var i = 16; i < size; i += 16) Copy16(ref Unsafe.Add(ref target, i), ref Unsafe.Add(ref source, i));
        }
        else if (offset >= 8)
        {
            for (var i = 0; i < size; i += 8) Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i)));
        }
        else
        {
            for (var i = 0; i < size; i++) Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
        }
    }
}
