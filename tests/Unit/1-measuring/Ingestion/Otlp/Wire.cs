using System.Text;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

/// <summary>A protobuf encoder of its own, so that the decoder is not tested against the product's writer.</summary>
internal sealed class Wire
{
    private readonly List<byte> _bytes = [];

    public Wire Varint(int field, ulong value) => Tag(field, 0).Raw(value);

    public Wire ZigZag(int field, long value) => Varint(field, (ulong)((value << 1) ^ (value >> 63)));

    public Wire Fixed64(int field, ulong value)
    {
        Tag(field, 1);
        _bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public Wire Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public Wire Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public Wire Bytes(int field, byte[] value)
    {
        Tag(field, 2).Raw((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public Wire Message(int field, Wire message) => Bytes(field, message.ToArray());

    public Wire PackedFixed(int field, params ulong[] values) => Bytes(field, [.. values.SelectMany(BitConverter.GetBytes)]);

    public Wire PackedDouble(int field, params double[] values) => Bytes(field, [.. values.SelectMany(BitConverter.GetBytes)]);

    public Wire PackedVarint(int field, params ulong[] values)
    {
        var packed = new Wire();
        foreach (var value in values) packed.Raw(value);
        return Bytes(field, packed.ToArray());
    }

    public byte[] ToArray() => [.. _bytes];

    private Wire Tag(int field, int wire) => Raw(((ulong)field << 3) | (uint)wire);

    private Wire Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
        return this;
    }
}

/// <summary>Builds export requests as an OpenTelemetry SDK would.</summary>
internal static class Export
{
    public const ulong Nano = 1_000_000;

    public static Wire Pair(string key, string value) => new Wire().Text(1, key).Message(2, new Wire().Text(1, value));

    public static Wire Resource(params (string Key, string Value)[] attributes)
    {
        var wire = new Wire();
        foreach (var (key, value) in attributes) wire.Message(1, Pair(key, value));
        return wire;
    }

    public static Wire Number(long unixMs, double value, long startMs = 0, params (string Key, string Value)[] attributes) =>
        Attributes(new Wire(), 7, attributes).Fixed64(2, (ulong)startMs * Nano).Fixed64(3, (ulong)unixMs * Nano).Double(4, value);

    public static Wire Attributes(Wire wire, int field, params (string Key, string Value)[] attributes)
    {
        foreach (var (key, value) in attributes) wire.Message(field, Pair(key, value));
        return wire;
    }

    public static Wire Sum(string name, string unit, int temporality, bool monotonic, params Wire[] points)
    {
        var data = Points(points).Varint(2, (ulong)temporality);
        if (monotonic) data.Varint(3, 1);
        return new Wire().Text(1, name).Text(3, unit).Message(7, data);
    }

    public static Wire Metric(string name, string unit, int field, int temporality, params Wire[] points)
    {
        var data = Points(points);
        if (temporality > 0) data.Varint(2, (ulong)temporality);
        return new Wire().Text(1, name).Text(3, unit).Message(field, data);
    }

    public static byte[] Request(Wire resource, params Wire[] metrics) => Request(resource, new Wire().Text(1, "meter").Text(2, "1.0"), metrics);

    public static byte[] Request(Wire resource, Wire scope, Wire[] metrics)
    {
        var scoped = new Wire().Message(1, scope);
        foreach (var metric in metrics) scoped.Message(2, metric);
        return new Wire().Message(1, new Wire().Message(1, resource).Message(2, scoped)).ToArray();
    }

    private static Wire Points(Wire[] points)
    {
        var data = new Wire();
        foreach (var point in points) data.Message(1, point);
        return data;
    }
}
