using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using IronSnappy;

namespace Nines.Host.Bench;

/// <summary>
/// Remote-write bodies as an agent sends them: counters with seven labels, one sample a series, some 2,000 series a
/// request (the shape that the peers were measured with).
/// </summary>
internal sealed class RemoteWriteBodies
{
    private static readonly string[] Codes = ["200", "201", "204", "404", "500"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];

    private readonly byte[][] _labels;
    private readonly double[] _values;
    private readonly int[] _steps;
    private readonly Random _random;

    /// <summary>Prepares the series; job <c>svc-N</c> holds 200 of them.</summary>
    public RemoteWriteBodies(int series, int seed)
    {
        _random = new Random(seed);
        _labels = [.. Enumerable.Range(0, series).Select(LabelsOf)];
        _values = new double[series];
        _steps = [.. Enumerable.Range(0, series).Select(i => 1 + (i % 100))];
    }

    /// <summary>Bodies for one moment: every series once, split by <paramref name="perRequest"/>.</summary>
    public IEnumerable<(byte[] Body, int Samples)> At(long unixMs, int perRequest)
    {
        for (var first = 0; first < _labels.Length; first += perRequest)
        {
            var count = Math.Min(perRequest, _labels.Length - first);
            var raw = new ArrayBufferWriter<byte>(count * 200);
            for (var i = first; i < first + count; i++) WriteSeries(raw, i, unixMs);
            yield return (Snappy.Encode(raw.WrittenSpan), count);
        }
    }

    private void WriteSeries(ArrayBufferWriter<byte> raw, int series, long unixMs)
    {
        _values[series] += _random.Next(2 * _steps[series]);
        Span<byte> sample = stackalloc byte[32];
        sample[0] = 9;
        BinaryPrimitives.WriteDoubleLittleEndian(sample[1..], _values[series]);
        sample[9] = 16;
        var length = 10 + Varint(sample[10..], (ulong)unixMs);
        var labels = _labels[series];
        WriteTag(raw, 10, labels.Length + length + 2);
        raw.Write(labels);
        WriteTag(raw, 18, length);
        raw.Write(sample[..length]);
    }

    private static byte[] LabelsOf(int i)
    {
        var all = new ArrayBufferWriter<byte>();
        WriteLabel(all, "__name__", "http_requests_total");
        WriteLabel(all, "code", Codes[i % 5]);
        WriteLabel(all, "instance", $"10.{(i / 20) >> 16}.{((i / 20) >> 8) & 255}.{(i / 20) & 255}:8080");
        WriteLabel(all, "job", $"svc-{i / 200}");
        WriteLabel(all, "method", Methods[i / 5 % 4]);
        WriteLabel(all, "namespace", "production");
        WriteLabel(all, "pod", $"svc-{i / 200}-7d9f8b6c5-{i / 20:D5}");
        return all.WrittenSpan.ToArray();
    }

    private static void WriteLabel(ArrayBufferWriter<byte> to, string name, string value)
    {
        var (n, v) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        WriteTag(to, 10, n.Length + v.Length + 4);
        WriteTag(to, 10, n.Length);
        to.Write(n);
        WriteTag(to, 18, v.Length);
        to.Write(v);
    }

    private static void WriteTag(ArrayBufferWriter<byte> to, byte tag, int length)
    {
        var span = to.GetSpan(6);
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
