using System.Buffers.Binary;
using System.Text;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Writes protobuf fields into one growing buffer; nested messages get a length of fixed width that is filled in at their end.</summary>
internal sealed class ProtoWriter
{
    // A padded varint is legal protobuf; four bytes hold lengths up to 256 MiB, above every body limit.
    private const int LengthBytes = 4;

    private byte[] _written = [];
    private int _count;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _written.AsSpan(0, _count);

    /// <summary>A copy of what was written so far.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Empties the writer for another message; its buffer is kept.</summary>
    public void Clear() => _count = 0;

    /// <summary>Writes a varint field.</summary>
    public void Varint(int field, ulong value)
    {
        Tag(field, 0);
        Raw(value);
    }

    /// <summary>Writes a zig-zag coded field (sint32).</summary>
    public void ZigZag(int field, long value) => Varint(field, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes an eight-byte field.</summary>
    public void Fixed64(int field, ulong value)
    {
        Tag(field, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(Grow(8), value);
    }

    /// <summary>Writes a double field.</summary>
    public void Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a string field.</summary>
    public void Text(int field, string value)
    {
        Tag(field, 2);
        Raw((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, Grow(Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Writes a bytes field.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        Raw((ulong)value.Length);
        value.CopyTo(Grow(value.Length));
    }

    /// <summary>Begins a nested message; the answer goes to <see cref="End"/>.</summary>
    public int Begin(int field)
    {
        Tag(field, 2);
        Grow(LengthBytes);
        return _count;
    }

    /// <summary>Ends the nested message that <see cref="Begin"/> opened.</summary>
    public void End(int begun)
    {
        var length = _count - begun;
        var slot = _written.AsSpan(begun - LengthBytes, LengthBytes);
        for (var i = 0; i < LengthBytes; i++)
        {
            var more = i < LengthBytes - 1 ? 0x80 : 0;
            slot[i] = (byte)(((length >> (7 * i)) & 0x7f) | more);
        }
    }

    private void Tag(int field, int wire) => Raw(((ulong)field << 3) | (uint)wire);

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Grow(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Grow(1)[0] = (byte)value;
    }

    private Span<byte> Grow(int size)
    {
        if (_written.Length - _count < size) Array.Resize(ref _written, Math.Max(_written.Length * 2, _count + size + 256));
        _count += size;
        return _written.AsSpan(_count - size, size);
    }
}
