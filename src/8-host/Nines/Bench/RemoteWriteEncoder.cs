using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nines.Host.Bench;

/// <summary>
/// Writes the protobuf of a remote-write request (prompb.WriteRequest: timeseries = 1; labels = 1, samples = 2;
/// name = 1, value = 2; value = 1 as double, timestamp = 2 as int64).
/// </summary>
internal static class RemoteWriteEncoder
{
    private const byte FirstField = 10;
    private const byte SecondField = 18;

    /// <summary>The labels of a series, ready to be written again and again. Give them sorted by name.</summary>
    public static byte[] Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var all = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in labels)
        {
            var (n, v) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
            WriteTag(all, FirstField, TagSize(n.Length) + n.Length + TagSize(v.Length) + v.Length);
            WriteTag(all, FirstField, n.Length);
            all.Write(n);
            WriteTag(all, SecondField, v.Length);
            all.Write(v);
        }

        return all.WrittenSpan.ToArray();
    }

    /// <summary>Appends one series with its samples.</summary>
    public static void WriteSeries(ArrayBufferWriter<byte> to, byte[] labels, params ReadOnlySpan<(long UnixMs, double Value)> samples)
    {
        Span<byte> one = stackalloc byte[24];
        var size = labels.Length;
        foreach (var sample in samples) size += 2 + SampleSize(one, sample);
        WriteTag(to, FirstField, size);
        to.Write(labels);
        foreach (var sample in samples)
        {
            var length = SampleSize(one, sample);
            WriteTag(to, SecondField, length);
            to.Write(one[..length]);
        }
    }

    private static int SampleSize(Span<byte> to, (long UnixMs, double Value) sample)
    {
        to[0] = 9;
        BinaryPrimitives.WriteDoubleLittleEndian(to[1..], sample.Value);
        to[9] = 16;
        return 10 + Varint(to[10..], (ulong)sample.UnixMs);
    }

    private static int TagSize(int length)
    {
        Span<byte> scratch = stackalloc byte[10];
        return 1 + Varint(scratch, (ulong)length);
    }

    private static void WriteTag(ArrayBufferWriter<byte> to, byte tag, int length)
    {
        var span = to.GetSpan(11);
        span[0] = tag;
        to.Advance(1 + Varint(span[1..], (ulong)length));
    }

    private static int Varint(Span<byte> to, ulong value)
    {
        var n = 0;
        for (; value > 127; value >>= 7) to[n++] = (byte)(value | 128);
        to[n++] = (byte)value;
        return n;
    }
}
