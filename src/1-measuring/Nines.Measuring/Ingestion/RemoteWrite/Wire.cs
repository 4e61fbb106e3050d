using System.Runtime.CompilerServices;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>Protobuf's wire format over spans: varints, lengths, and how to step over what is not known. Stands for Google.Protobuf on the hot path.</summary>
internal static class Wire
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryVarint(ReadOnlySpan<byte> from, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)at >= (uint)from.Length) return false;
            var b = from[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }

    /// <summary>A length that the rest of the bytes can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLength(ReadOnlySpan<byte> from, ref int at, out int length)
    {
        if ((uint)at < (uint)from.Length && from[at] < 0x80)
        {
            length = from[at++];
            return length <= from.Length - at;
        }
        length = 0;
        if (!TryVarint(from, ref at, out var value) || value > (ulong)(from.Length - at)) return false;
        length = (int)value;
        return true;
    }

    /// <summary>Steps over one field with its tag. Groups, which proto3 does not have, are refused.</summary>
    public static bool TrySkipField(ReadOnlySpan<byte> from, ref int at)
    {
        if (!TryVarint(from, ref at, out var tag) || tag >> 3 == 0) return false;
        switch (tag & 7)
        {
            case 0:
                return TryVarint(from, ref at, out _);
            case 1:
                at += 8;
                return at <= from.Length;
            case 2:
                if (!TryLength(from, ref at, out var length)) return false;
                at += length;
                return true;
            case 5:
                at += 4;
                return at <= from.Length;
            default:
                return false;
        }
    }
}
