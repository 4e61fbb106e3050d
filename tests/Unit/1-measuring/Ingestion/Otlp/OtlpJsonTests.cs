using System.Text;
using Nines.Measuring.Ingestion.Otlp;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

public sealed class OtlpJsonTests
{
    // The example of opentelemetry-proto (examples/metrics.json), shortened, with each kind of metric.
    private const string Example = """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
        "scopeMetrics":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[{"key":"a","value":{"stringValue":"b"}}]},"metrics":[
        {"name":"my.counter","unit":"1","description":"I am a Counter","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[
          {"asDouble":5,"startTimeUnixNano":"1544712660300000000","timeUnixNano":"1544712660300000000","attributes":[{"key":"n","value":{"intValue":"7"}}],"exemplars":[{"traceId":"abc"}]}]}},
        {"name":"my.gauge","unit":"1","gauge":{"dataPoints":[{"asInt":"10","timeUnixNano":1544712660300000000,"attributes":[{"key":"ok","value":{"boolValue":true}}]}]}},
        {"name":"my.histogram","unit":"s","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA","dataPoints":[
          {"timeUnixNano":"1544712660300000000","count":"2","sum":2,"bucketCounts":["1","1"],"explicitBounds":[1],"min":0,"max":2}]}},
        {"name":"my.exponential","unit":"s","exponential_histogram":{"aggregation_temporality":2,"data_points":[
          {"time_unix_nano":"1544712660300000000","count":"3","sum":10,"scale":0,"zeroCount":"1","positive":{"offset":1,"bucketCounts":["0","2"]},"zeroThreshold":0}]}}
        ]}],"unknownField":{"x":[1,2,{"y":null}]}}]}
        """;

    [Fact]
    public void Transcode_PublishedExample_DecodesAsItsProtobufForm()
    {
        var (json, problem) = Decode(Example);
        const ulong At = 1544712660300 * Export.Nano;
        var attribute = new Wire().Text(1, "n").Message(2, new Wire().Varint(3, 7));
        var flag = new Wire().Text(1, "ok").Message(2, new Wire().Varint(2, 1));
        var (wire, _, _) = RecordingSink.Decode(Export.Request(
            Export.Resource(("service.name", "my.service")),
            new Wire().Text(1, "my.library").Text(2, "1.0.0").Message(3, Export.Pair("a", "b")),
            [
                Export.Sum("my.counter", "1", 1, true, new Wire().Fixed64(2, At).Fixed64(3, At).Double(4, 5).Message(7, attribute)),
                Export.Metric("my.gauge", "1", 5, 0, new Wire().Fixed64(3, At).Fixed64(6, 10).Message(7, flag)),
                Export.Metric("my.histogram", "s", 9, 1, new Wire().Fixed64(3, At).Fixed64(4, 2).Double(5, 2).PackedFixed(6, 1, 1).PackedDouble(7, 1)),
                Export.Metric("my.exponential", "s", 10, 2, new Wire().Fixed64(3, At).Fixed64(4, 3).Double(5, 10).ZigZag(6, 0).Fixed64(7, 1).Message(8, new Wire().ZigZag(1, 1).PackedVarint(2, 0, 2))),
            ]));

        Assert.Null(problem);
        Assert.Equal(wire.Samples, json!.Samples);
        Assert.Contains(json.Samples, sample => sample is { Series: "my_counter_total{job=\"my.service\",n=\"7\",otel_scope_a=\"b\",otel_scope_name=\"my.library\",service_name=\"my.service\"}", Value: 5 });
    }

    [Theory]
    [InlineData("", "the body is not valid JSON: line 1, byte 0")]
    [InlineData("[]", "the JSON body must be one object with resourceMetrics")]
    [InlineData("{\"resourceMetrics\":", "the body is not valid JSON: line 1, byte 19")]
    [InlineData("{} {}", "the body is not valid JSON: line 1, byte 3")]
    [InlineData("{\"resourceMetrics\":{}}", "ExportMetricsServiceRequest.resourceMetrics has a value of the wrong type: an object")]
    [InlineData("{\"resourceMetrics\":[{\"resource\":\"x\"}]}", "ResourceMetrics.resource has a value of the wrong type: a text")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":5}]}]}]}", "Metric.name has a value of the wrong type: a number")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{\"asInt\":\"ten\"}]}}]}]}]}", "NumberDataPoint.asInt has a value of the wrong type: a text")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"\\ud800\"}]}]}]}", "the body holds text that is not valid Unicode near byte 57")]
    public void Transcode_WrongDocument_SaysWhatAndWhere(string json, string expected) => Assert.Equal(expected, Decode(json).Problem);

    [Fact]
    public void Transcode_SpecialDoubles_ComeThrough()
    {
        foreach (var (text, value) in new[] { ("\"NaN\"", double.NaN), ("\"Infinity\"", double.PositiveInfinity), ("\"-Infinity\"", double.NegativeInfinity), ("\"1.5\"", 1.5), ("0", 0) })
        {
            var (sink, problem) = Decode($$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":{{{text}}}}]}}]}]}]}""");
            Assert.Null(problem);
            Assert.Equal(value, Assert.Single(sink!.Samples).Value);
        }
    }

    [Fact]
    public void Transcode_MutatedDocuments_NeverThrow() => Mutations.Of(Encoding.UTF8.GetBytes(Example), bytes =>
    {
        var writer = new ProtoWriter();
        if (OtlpJson.Transcode(bytes, writer) is null)
            Assert.True(RecordingSink.Decode(writer.ToArray()).Whole);
    });

    [Fact]
    public void TryDecode_MutatedMessages_NeverThrow()
    {
        var writer = new ProtoWriter();
        Assert.Null(OtlpJson.Transcode(Encoding.UTF8.GetBytes(Example), writer));
        Mutations.Of(writer.ToArray(), bytes => _ = RecordingSink.Decode(bytes));
    }

    private static (RecordingSink? Sink, string? Problem) Decode(string json)
    {
        var writer = new ProtoWriter();
        var problem = OtlpJson.Transcode(Encoding.UTF8.GetBytes(json), writer);
        if (problem is not null) return (null, problem);
        var (sink, _, whole) = RecordingSink.Decode(writer.ToArray());
        Assert.True(whole);
        return (sink, null);
    }
}
