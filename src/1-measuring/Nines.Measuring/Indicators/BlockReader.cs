using System.Buffers.Binary;
using System.Numerics;

namespace Nines.Measuring.Indicators;

/// <summary>Reads a coded block minute by minute; a far edge of a window decodes one minute a minute.</summary>
public struct BlockReader
{
    private readonly byte[] _data;
    private int _at;
    private int _minute;
    private long _wholeTotal;
    private ulong _bad;
    private ulong _total;

    /// <summary>Begins at the first minute.</summary>
    /// <exception cref="InvalidDataException">These bytes are no block.</exception>
    public BlockReader(byte[] data)
    {
        if (data.Length < 1 + BlockCodec.BitmapBytes || (data[0] & 3) is 0 or 3) throw new InvalidDataException("Not a block of minutes.");
        _data = data;
        _at = 1 + (BlockCodec.BitmapBytes * (1 + BitOperations.PopCount((uint)data[0] >> 2)));
    }

    /// <summary>The minute that comes next, 0 to 128.</summary>
    public readonly int Next => _minute;

    /// <summary>Reads the next minute; false after the last, and where bytes are missing.</summary>
    public bool Read(out Cell cell)
    {
        cell = default;
        if (_data is null || _minute >= BlockCodec.Minutes) return false;
        var marks = MarksOf(_minute);
        double bad, total;
        if ((_data[0] & 3) == BlockCodec.Whole)
        {
            bad = ReadZigZag();
            _wholeTotal += ReadZigZag();
            total = _wholeTotal;
        }
        else
        {
            bad = BitConverter.UInt64BitsToDouble(_bad ^= ReadChange());
            total = BitConverter.UInt64BitsToDouble(_total ^= ReadChange());
        }

        _minute++;
        cell = new(bad, total, marks);
        return true;
    }

    private readonly MinuteMarks MarksOf(int minute)
    {
        var marks = Bit(0, minute) ? MinuteMarks.Covered : MinuteMarks.None;
        var form = _data[0];
        if (form < 4) return marks;
        var map = 1;
        for (var mark = MinuteMarks.Spread; mark <= MinuteMarks.Excluded; mark = (MinuteMarks)((int)mark << 1))
        {
            if ((form & ((int)mark << 1)) == 0) continue;
            if (Bit(map, minute)) marks |= mark;
            map++;
        }

        return marks;
    }

    private readonly bool Bit(int map, int minute) => (_data[1 + (map * BlockCodec.BitmapBytes) + (minute >> 3)] >> (minute & 7) & 1) != 0;

    private long ReadZigZag()
    {
        ulong value = 0;
        var shift = 0;
        while (_at < _data.Length && shift < 64)
        {
            var next = _data[_at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) break;
            shift += 7;
        }

        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadChange()
    {
        if (_at >= _data.Length) return 0;
        var head = _data[_at++];
        var (skip, length) = ((head >> 4) & 7, Math.Min(head & 15, Math.Min(8, _data.Length - _at)));
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        _data.AsSpan(_at, length).CopyTo(bytes);
        _at += length;
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) << (skip * 8);
    }
}
