using System.Text;
using Nines.Measuring.Signals;

namespace Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;

/// <summary>Writes remote-write requests field by field, and reads them the slow, obvious way.</summary>
internal static class WriteBodies
{
    public static byte[] Request(params (Labels Labels, (long UnixMs, double Value)[] Samples)[] series)
    {
        var body = new List<byte>();
        foreach (var (labels, samples) in series)
        {
            var one = new List<byte>();
            foreach (var pair in labels.Pairs.ToArray()) Field(one, 1, Label(Encoding.UTF8.GetBytes(pair.Name), Encoding.UTF8.GetBytes(pair.Value)));
            foreach (var (unixMs, value) in samples) Field(one, 2, Sample(unixMs, value));
            Field(body, 1, one);
        }
        return [.. body];
    }

    public static List<byte> Label(byte[] name, byte[] value)
    {
        var label = new List<byte>();
        Field(label, 1, name);
        Field(label, 2, value);
        return label;
    }

    public static List<byte> Sample(long unixMs, double value)
    {
        var sample = new List<byte> { 0x09 };
        sample.AddRange(BitConverter.GetBytes(value));
        sample.Add(0x10);
        Varint(sample, (ulong)unixMs);
        return sample;
    }

    public static void Field(List<byte> to, int number, IReadOnlyCollection<byte> content)
    {
        to.Add((byte)((number << 3) | 2));
        Varint(to, (ulong)content.Count);
        to.AddRange(content);
    }

    public static byte[] Snappy(ReadOnlySpan<byte> message) => IronSnappy.Snappy.Encode(message);

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value > 127; value >>= 7) to.Add((byte)(value | 128));
        to.Add((byte)value);
    }
}
