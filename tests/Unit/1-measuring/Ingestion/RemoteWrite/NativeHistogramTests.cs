using Microsoft.Extensions.Options;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Ingestion.RemoteWrite;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Tests.Unit.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;

public sealed class NativeHistogramTests : IAsyncDisposable
{
    private const long T0 = 1_790_000_000_000;
    private readonly RecordingSink _sink = new();
    private readonly SignalHub _hub = new(new SignalLimits { LabelsPerSeries = 64 });
    private readonly MemorySignalStore _store = new();
    private readonly RemoteWriteDoor _door;

    public NativeHistogramTests()
    {
        _hub.SetBindings(
            [
                new(Selector.Parse("latency_seconds_bucket{le=\"0.5\"}"), 0, StreamRole.Good), new(Selector.Parse("latency_seconds_count"), 0, StreamRole.Total),
                new(Selector.Parse("latency_seconds_bucket{le=\"1\"}"), 1, StreamRole.Total), new(Selector.Parse("latency_seconds_bucket{le=\"0.25\"}"), 2, StreamRole.Total),
                new(Selector.Parse("latency_seconds_bucket{le=\"0.75\"}"), 3, StreamRole.Total),
            ],
            _sink);
        _door = new(_hub, new SignalIntake(_store, _hub), Options.Create(new IngestionOptions { LabelLimit = 64 }), new SeriesIndex((1, 2)));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    // Schema 0: bounds are powers of two; bucket -1 ends at 0.5, bucket 0 at 1, bucket 2 at 4.
    [Fact]
    public async Task Accept_IntegerHistogram_IsCountedAtItsBounds()
    {
        await Send(T0, Native(T0, schema: 0, zero: 1, spans: [(-1, 2), (1, 1)], 10, 20, 5));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: 0, zero: 3, spans: [(-1, 2), (1, 1)], 110, 40, 6));

        Assert.Equal(102, _sink.Sum(0, StreamRole.Good));
        Assert.Equal(123, _sink.Sum(0, StreamRole.Total));
        Assert.Equal(122, _sink.Sum(1));
        Assert.Equal(2, _door.Figures.Histograms);
    }

    [Fact]
    public async Task Accept_FloatHistogram_IsCountedTheSame()
    {
        await Send(T0, Native(T0, schema: 0, zero: 0.5, spans: [(-1, 2)], floats: true, 10.5, 20));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: 0, zero: 0.5, spans: [(-1, 2)], floats: true, 11.5, 22.25));

        Assert.Equal((1, 3.25), (_sink.Sum(0, StreamRole.Good), _sink.Sum(0, StreamRole.Total)));
    }

    // 0.25 lies a whole bucket below; inside (0.25, 0.5] nothing is at or below it.
    [Fact]
    public async Task Accept_BoundInsideABucket_IsInterpolatedOnTheLogarithm()
    {
        // Schema -1: bounds are powers of four; bucket 0 is (0.25, 1], on whose logarithm 0.5 is the middle.
        await Send(T0, Native(T0, schema: -1, zero: 0, spans: [(0, 1)], 0));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: -1, zero: 0, spans: [(0, 1)], 100));

        Assert.Equal((50, 100, 0, 100), (_sink.Sum(0, StreamRole.Good), _sink.Sum(0, StreamRole.Total), _sink.Sum(2), _sink.Sum(1)));
    }

    [Fact]
    public async Task Accept_CustomBounds_AreTakenAsTheyAre()
    {
        await Send(T0, Native(T0, schema: -53, zero: 0, spans: [(0, 3)], custom: [0.25, 0.5], 0, 0, 0));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: -53, zero: 0, spans: [(0, 3)], custom: [0.25, 0.5], 7, 20, 5));

        Assert.Equal((27, 32, 7), (_sink.Sum(0, StreamRole.Good), _sink.Sum(0, StreamRole.Total), _sink.Sum(2)));
    }

    [Fact]
    public async Task Accept_CoarserSchemaLater_NeverCountsTwice()
    {
        await Send(T0, Native(T0, schema: 3, zero: 0, spans: [(-7, 8)], 0, 0, 0, 0, 0, 0, 0, 0));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: 3, zero: 0, spans: [(-7, 8)], 80, 0, 0, 0, 0, 0, 0, 0));
        // The same 80 and two more in one bucket (0.5, 1]: by its width only 48 would be at or below 0.75.
        await Send(T0 + 30_000, Native(T0 + 30_000, schema: 0, zero: 0, spans: [(0, 1)], 82));

        Assert.Equal(82, _sink.Sum(0, StreamRole.Total));
        Assert.Equal((82, 80), (_sink.Sum(1), _sink.Sum(3)));
    }

    [Fact]
    public async Task Accept_RestartedTarget_CountsFromZero()
    {
        await Send(T0, Native(T0, schema: 0, zero: 0, spans: [(-1, 1)], 100));
        await Send(T0 + 15_000, Native(T0 + 15_000, schema: 0, zero: 0, spans: [(-1, 1)], 8));

        Assert.Equal((8, 8), (_sink.Sum(0, StreamRole.Good), _sink.Sum(0, StreamRole.Total)));
    }

    [Fact]
    public async Task Accept_ClassicBucketsBeside_OnlyTheyCount()
    {
        for (var i = 0; i < 3; i++)
        {
            var at = T0 + (i * 15_000);
            var classic = WriteBodies.Request((Labels.Of("latency_seconds_count", ("job", "shop")), [(at, 10 * i)]), (Labels.Of("latency_seconds_bucket", ("job", "shop"), ("le", "0.5")), [(at, 9 * i)]));
            await Send(at, [.. classic, .. Body(Native(at, schema: 0, zero: 0, spans: [(-1, 1)], 1000 - i))]);
        }

        Assert.Equal((18, 20), (_sink.Sum(0, StreamRole.Good), _sink.Sum(0, StreamRole.Total)));
        Assert.Equal((0, 3), (_door.Figures.Histograms, _door.Figures.SkippedHistograms));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(-5)]
    [InlineData(-52)]
    public async Task Accept_SchemaOfAnotherTime_IsLeftOutAndCounted(int schema)
    {
        var answer = await Send(T0, Native(T0, schema, zero: 0, spans: [(0, 1)], 1));

        Assert.Equal((204, 0, 1), (answer.Status, _door.Figures.Histograms, _door.Figures.SkippedHistograms));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(2, 1)]
    [InlineData(1, double.NaN)]
    public async Task Accept_CustomBoundsThatAreNone_IsLeftOut(double first, double second)
    {
        await Send(T0, Native(T0, schema: -53, zero: 0, spans: [(0, 1)], custom: [first, second], 1));

        Assert.Equal((0, 1), (_door.Figures.Histograms, _door.Figures.SkippedHistograms));
    }

    [Fact]
    public async Task Accept_SpansWithoutTheirCounts_IsLeftOutInTime()
    {
        var answer = await Send(T0, Native(T0, schema: 0, zero: 0, spans: [(0, uint.MaxValue)], 1));

        Assert.Equal((204, 1), (answer.Status, _door.Figures.SkippedHistograms));
    }

    [Fact]
    public async Task Accept_MutatedBytes_NeverThrowAndAreAnswered()
    {
        var random = new Random(4711);
        var whole = Body(Native(T0, schema: 2, zero: 4, spans: [(-5, 3), (2, 4)], 10, 20, 30, 4, 5, 6, 7));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var answer = await Send(T0, random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);

            Assert.Contains(answer.Status, new[] { 204, 400 });
        }
    }

    private async Task<WriteAnswer> Send(long at, params byte[][] natives) => await _door.AcceptAsync(WriteBodies.Snappy([.. natives.SelectMany(Framed)]), at, default);

    // What begins with the tag of a series is a whole request already.
    private static byte[] Framed(byte[] one) => one.Length == 0 || one[0] == 0x0A ? one : Body(one);

    private static byte[] Body(byte[] histogram)
    {
        var (series, body) = (new List<byte>(), new List<byte>());
        foreach (var (name, value) in new[] { ("__name__", "latency_seconds"), ("job", "shop") })
            WriteBodies.Field(series, 1, WriteBodies.Label(System.Text.Encoding.UTF8.GetBytes(name), System.Text.Encoding.UTF8.GetBytes(value)));
        WriteBodies.Field(series, 4, histogram);
        WriteBodies.Field(body, 1, series);
        return [.. body];
    }

    private static byte[] Native(long at, int schema, double zero, (int Offset, uint Length)[] spans, params double[] counts) => Native(at, schema, zero, spans, false, null, counts);

    private static byte[] Native(long at, int schema, double zero, (int Offset, uint Length)[] spans, bool floats, params double[] counts) => Native(at, schema, zero, spans, floats, null, counts);

    private static byte[] Native(long at, int schema, double zero, (int Offset, uint Length)[] spans, double[] custom, params double[] counts) => Native(at, schema, zero, spans, false, custom, counts);

    // message Histogram of prometheus/prompb/types.proto, field by field.
    private static byte[] Native(long at, int schema, double zero, (int Offset, uint Length)[] spans, bool floats, double[]? custom, double[] counts)
    {
        var to = new List<byte>();
        var count = zero + counts.Sum();
        if (floats) Double(to, 2, count);
        else Varint(to, 1, (ulong)count);
        Double(to, 3, 12.5);
        Varint(to, 4, ZigZag(schema));
        Double(to, 5, 1e-128);
        if (floats) Double(to, 7, zero);
        else Varint(to, 6, (ulong)zero);
        foreach (var (offset, length) in spans)
        {
            var span = new List<byte>();
            Varint(span, 1, ZigZag(offset));
            Varint(span, 2, length);
            WriteBodies.Field(to, 11, span);
        }

        var packed = new List<byte>();
        var last = 0.0;
        foreach (var one in counts)
        {
            if (floats) packed.AddRange(BitConverter.GetBytes(one));
            else Raw(packed, ZigZag((long)(one - last)));
            last = one;
        }

        WriteBodies.Field(to, floats ? 13 : 12, packed);
        Varint(to, 15, (ulong)at);
        // Field 16 needs a tag of two bytes.
        if (custom is not null) to.AddRange([0x82, 0x01, (byte)(8 * custom.Length), .. custom.SelectMany(BitConverter.GetBytes)]);
        return [.. to];
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Varint(List<byte> to, int field, ulong value)
    {
        to.Add((byte)(field << 3));
        Raw(to, value);
    }

    private static void Double(List<byte> to, int field, double value) => to.AddRange([(byte)((field << 3) | 1), .. BitConverter.GetBytes(value)]);

    private static void Raw(List<byte> to, ulong value)
    {
        for (; value > 127; value >>= 7) to.Add((byte)(value | 128));
        to.Add((byte)value);
    }
}
