using System.Buffers.Binary;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Walks the fields of one protobuf message over a span. It never throws: a broken message ends the walk and sets <see cref="Malformed"/>.</summary>
/// <remarks>
/// Source: protobuf encoding guide (wire types 0, 1, 2, 5; the group types 3 and 4 are refused).
/// After <see cref="Next"/> exactly one of the value readers or <see cref="Skip"/> is called.
/// </remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field under the cursor.</summary>
    public int Field { get; private set; }

    /// <summary>Wire type of the field under the cursor: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes.</summary>
    public int Wire { get; private set; }

    /// <summary>The message breaks off or breaks the encoding.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Nothing is left to read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Moves to the next field; false at the end of the message or where it is broken.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || Malformed) return false;
        var tag = Varint();
        if (Malformed || tag > uint.MaxValue || tag >> 3 == 0)
        {
            Malformed = true;
            return false;
        }

        Field = (int)(tag >> 3);
        Wire = (int)(tag & 7);
        if (Wire is not (0 or 1 or 2 or 5)) Malformed = true;
        return !Malformed;
    }

    /// <summary>Reads a base-128 number of at most ten bytes.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            var b = _rest[i];
            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        Malformed = true;
        return 0;
    }

    /// <summary>Reads a zig-zag coded signed number (sint32, sint64).</summary>
    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads eight little-endian bytes (fixed64, sfixed64, double).</summary>
    public ulong Fixed64()
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(_rest, out var value))
        {
            Malformed = true;
            return 0;
        }

        _rest = _rest[8..];
        return value;
    }

    /// <summary>Reads a double.</summary>
    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    /// <summary>Reads a length-delimited field: a string, bytes, a nested message or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (Malformed || length > (ulong)_rest.Length)
        {
            Malformed = true;
            return default;
        }

        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    /// <summary>Marks the message broken, for a caller that found a nested one broken.</summary>
    public void Break() => Malformed = true;

    /// <summary>Passes over the field under the cursor.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case 0: Varint(); break;
            case 1: Fixed64(); break;
            case 2: Bytes(); break;
            default:
                if (_rest.Length < 4) Malformed = true;
                else _rest = _rest[4..];
                break;
        }
    }
}
