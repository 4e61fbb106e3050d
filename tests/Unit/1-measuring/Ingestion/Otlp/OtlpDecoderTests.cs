using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

public sealed class OtlpDecoderTests
{
    private const int Delta = 1, Cumulative = 2;
    private const string Shop = "{http_method=\"GET\",instance=\"pod-1\",job=\"shop/checkout\",otel_scope_name=\"meter\",service_instance_id=\"pod-1\",service_name=\"checkout\",service_namespace=\"shop\"}";

    private static readonly Wire Checkout = Export.Resource(
        ("service.name", "checkout"), ("service.namespace", "shop"), ("service.instance.id", "pod-1"), ("process.pid", "17"));

    [Fact]
    public void TryDecode_MonotonicCumulativeSum_IsACounterWithStartTimeAndPrometheusLabels()
    {
        var (sink, refusals, whole) = RecordingSink.Decode(Export.Request(Checkout, Export.Sum(
            "http.requests", "{request}", Cumulative, true, Export.Number(5000, 42, 1000, ("http.method", "GET")))));

        Assert.True(whole);
        Assert.Equal(0, refusals.Total);
        Assert.Equal([($"http_requests_total{Shop}", SampleKind.Counter, 5000L, 42.0, 1000L)], sink.Samples);
    }

    [Fact]
    public void TryDecode_DeltaSum_IsADelta()
    {
        var (sink, _, _) = RecordingSink.Decode(Export.Request(Checkout, Export.Sum(
            "http.requests", "1", Delta, true, Export.Number(5000, 3, 4000, ("http.method", "GET")))));

        Assert.Equal([($"http_requests_total{Shop}", SampleKind.Delta, 5000L, 3.0, 4000L)], sink.Samples);
    }

    [Fact]
    public void TryDecode_SumsThatGoUpAndDown_CumulativeIsAGaugeAndDeltaIsRefused()
    {
        var (sink, refusals, whole) = RecordingSink.Decode(Export.Request(
            Checkout,
            Export.Sum("queue.size", "", Cumulative, false, Export.Number(5000, 7)),
            Export.Sum("queue.change", "", Delta, false, Export.Number(5000, -1), Export.Number(6000, 1)),
            Export.Sum("odd", "", 0, true, Export.Number(5000, 1))));

        Assert.True(whole);
        Assert.Equal(SampleKind.Gauge, Assert.Single(sink.Samples).Kind);
        Assert.Equal(
            "3 data points were refused: 1 x sum or histogram without aggregationTemporality (first: odd); 2 x delta sum that is not monotonic (first: queue.change)",
            refusals.ToString());
    }

    [Fact]
    public void TryDecode_IntegerGauge_KeepsSignAndUnitRatio()
    {
        var point = new Wire().Fixed64(3, 5000 * Export.Nano).Fixed64(6, unchecked((ulong)-3L));
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("cpu.load", "1", 5, 0, point)));

        Assert.Equal([("cpu_load_ratio{otel_scope_name=\"meter\"}", SampleKind.Gauge, 5000L, -3.0, 0L)], sink.Samples);
    }

    [Fact]
    public void TryDecode_PointWithoutTime_TakesTheTimeOfReceipt()
    {
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("up", "", 5, 0, new Wire().Double(4, 1))));

        Assert.Equal(1_700_000_000_000, Assert.Single(sink.Samples).UnixMs);
    }

    [Fact]
    public void TryDecode_NoRecordedValue_WritesTheStaleMarker()
    {
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("up", "", 5, 0, new Wire().Fixed64(3, 5).Varint(8, 1))));

        Assert.True(StaleMarker.Is(Assert.Single(sink.Samples).Value));
    }

    [Fact]
    public void TryDecode_Histogram_GivesCumulativeBucketsCountAndSum()
    {
        var point = new Wire().Fixed64(2, 1000 * Export.Nano).Fixed64(3, 5000 * Export.Nano)
            .Fixed64(4, 10).Double(5, 3.5).PackedFixed(6, 4, 3, 2, 1).PackedDouble(7, 0.1, 0.5, 1);
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("http.duration", "s", 9, Cumulative, point)));

        Assert.Equal(
            [
                ("http_duration_seconds_bucket{le=\"0.1\",otel_scope_name=\"meter\"}", 4.0),
                ("http_duration_seconds_bucket{le=\"0.5\",otel_scope_name=\"meter\"}", 7.0),
                ("http_duration_seconds_bucket{le=\"1\",otel_scope_name=\"meter\"}", 9.0),
                ("http_duration_seconds_bucket{le=\"+Inf\",otel_scope_name=\"meter\"}", 10.0),
                ("http_duration_seconds_count{otel_scope_name=\"meter\"}", 10.0),
                ("http_duration_seconds_sum{otel_scope_name=\"meter\"}", 3.5),
            ],
            sink.Samples.Select(sample => (sample.Series, sample.Value)));
        Assert.All(sink.Samples, sample => Assert.Equal((SampleKind.Counter, 5000L, 1000L), (sample.Kind, sample.UnixMs, sample.StartMs)));
    }

    [Fact]
    public void TryDecode_HistogramWhoseBucketsDoNotFit_IsRefused()
    {
        var twoForTwo = new Wire().Fixed64(4, 3).PackedFixed(6, 1, 2).PackedDouble(7, 1, 2);
        var falling = new Wire().Fixed64(4, 3).PackedFixed(6, 1, 2, 0).PackedDouble(7, 2, 1);
        var (sink, refusals, whole) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("h", "", 9, Delta, twoForTwo, falling)));

        Assert.True(whole);
        Assert.Empty(sink.Samples);
        Assert.Equal("2 data points were refused: 2 x bucket counts that do not fit the bounds (first: h)", refusals.ToString());
    }

    [Fact]
    public void TryDecode_Summary_GivesQuantilesCountAndSum()
    {
        var point = new Wire().Fixed64(3, 5 * Export.Nano).Fixed64(4, 9).Double(5, 4.5).Message(6, new Wire().Double(1, 0.99).Double(2, 0.7));
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("rpc", "s", 11, 0, point)));

        Assert.Equal(
            [
                ("rpc_seconds{otel_scope_name=\"meter\",quantile=\"0.99\"}", SampleKind.Gauge, 0.7),
                ("rpc_seconds_count{otel_scope_name=\"meter\"}", SampleKind.Counter, 9.0),
                ("rpc_seconds_sum{otel_scope_name=\"meter\"}", SampleKind.Counter, 4.5),
            ],
            sink.Samples.Select(sample => (sample.Series, sample.Kind, sample.Value)));
    }

    [Fact]
    public void TryDecode_KnownSeries_AreNotNamedAgain()
    {
        var body = Export.Request(Checkout, Export.Sum("http.requests", "", Cumulative, true, Export.Number(5000, 1, 0, ("http.method", "GET"))));
        var (sink, _, _) = RecordingSink.Decode(body, body, body);

        Assert.Equal((1, 3), (sink.Named, sink.Samples.Count));
    }

    [Fact]
    public void TryDecode_AttributesThatMeetInOneLabel_AreJoinedInTheOrderOfTheirKeys()
    {
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), new Wire(), [Export.Sum(
            "n", "", Cumulative, true, Export.Number(5, 1, 0, ("a_b", "second"), ("a.b", "first"), ("empty", ""), ("__name__", "evil")))]));

        Assert.Equal("n_total{a_b=\"first;second\"}", Assert.Single(sink.Samples).Series);
    }

    [Fact]
    public void TryDecode_AttributesOfEveryType_BecomeText()
    {
        static Wire Pair(string key, Wire any) => new Wire().Text(1, key).Message(2, any);
        var list = new Wire().Message(1, new Wire().Text(1, "x\"y")).Message(1, new Wire().Varint(3, unchecked((ulong)-4L)));
        var map = new Wire().Message(1, Pair("k", new Wire().Varint(2, 1)));
        var point = new Wire().Message(7, Pair("b", new Wire().Varint(2, 1))).Message(7, Pair("d", new Wire().Double(4, 2.5)))
            .Message(7, Pair("l", new Wire().Message(5, list))).Message(7, Pair("m", new Wire().Message(6, map)))
            .Message(7, Pair("o", new Wire().Bytes(7, [1, 2, 3]))).Double(4, 1).Fixed64(3, 1);
        var (sink, _, _) = RecordingSink.Decode(Export.Request(new Wire(), new Wire(), [Export.Metric("g", "", 5, 0, point)]));

        Assert.Equal("g{b=\"true\",d=\"2.5\",l=\"[\\\"x\\\\\\\"y\\\",-4]\",m=\"{\\\"k\\\":true}\",o=\"AQID\"}", Assert.Single(sink.Samples).Series);
    }

    [Fact]
    public void TryDecode_TenThousandAttributes_RefusesThePointAndTakesTheRest()
    {
        var many = Enumerable.Range(0, 10_000).Select(i => ($"k{i}", "v")).ToArray();
        var (sink, refusals, whole) = RecordingSink.Decode(Export.Request(
            new Wire(), Export.Metric("g", "", 5, 0, Export.Number(5, 1, 0, many), Export.Number(5, 2))));

        Assert.True(whole);
        Assert.Single(sink.Samples);
        Assert.Equal("1 data point was refused: 1 x more than 128 attributes (first: g)", refusals.ToString());
    }

    [Fact]
    public void TryDecode_TextThatIsNotUtf8_RefusesThePoint()
    {
        var pair = new Wire().Text(1, "k").Message(2, new Wire().Bytes(1, [0xff, 0xfe]));
        var nameless = new Wire().Bytes(1, [0xff]).Message(5, new Wire().Message(1, Export.Number(5, 1)));
        var (sink, refusals, whole) = RecordingSink.Decode(Export.Request(
            new Wire(), Export.Metric("g", "", 5, 0, new Wire().Message(7, pair).Double(4, 1)), nameless, Export.Metric("..", "", 5, 0, Export.Number(5, 1))));

        Assert.True(whole);
        Assert.Empty(sink.Samples);
        Assert.Equal(
            "3 data points were refused: 2 x metric without a name (first: a name that is not UTF-8); 1 x attribute that is not valid UTF-8 or nests too deep (first: g)",
            refusals.ToString());
    }

    [Fact]
    public void TryDecode_AttributeThatNestsADeepWay_IsRefusedWithoutFollowingIt()
    {
        var value = new Wire().Text(1, "core");
        for (var i = 0; i < 5_000; i++) value = new Wire().Message(5, new Wire().Message(1, value));
        var pair = new Wire().Text(1, "k").Message(2, value);
        var (_, refusals, whole) = RecordingSink.Decode(Export.Request(new Wire(), Export.Metric("g", "", 5, 0, new Wire().Message(7, pair))));

        Assert.True(whole);
        Assert.Equal(1, refusals.Total);
    }

    [Theory]
    [InlineData(new byte[] { 0x0a })]
    [InlineData(new byte[] { 0x0a, 0x05, 0x01 })]
    [InlineData(new byte[] { 0x0b, 0x00 })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void TryDecode_BrokenMessage_IsRefusedAsAWhole(byte[] body) => Assert.False(RecordingSink.Decode(body).Whole);

    [Fact]
    public void TryDecode_EmptyRequest_IsWhole() => Assert.True(RecordingSink.Decode([]).Whole);
}
