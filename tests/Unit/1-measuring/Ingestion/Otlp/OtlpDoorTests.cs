using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Nines.Measuring.Ingestion.Otlp;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

public sealed class OtlpDoorTests
{
    private const string Protobuf = "application/x-protobuf", Json = "application/json";

    private static readonly byte[] TwoThenFive = Export.Request(
        new Wire(),
        Export.Sum("orders", "", 1, true, Export.Number(DoorRig.Start - 60_000, 2, DoorRig.Start - 70_000), Export.Number(DoorRig.Start - 50_000, 3, DoorRig.Start - 60_000)),
        Export.Sum("queue", "", 1, false, Export.Number(DoorRig.Start, 1)));

    private readonly DoorRig _rig = new("orders_total");

    [Fact]
    public async Task Export_ProtobufOverHttp_BooksAndAnswersPartialSuccess()
    {
        var answer = await PostAsync(Protobuf, TwoThenFive);

        Assert.Equal((200, Protobuf, 5.0), (answer.Status, answer.Type, _rig.Events()));
        var partial = new Wire().Varint(1, 1).Text(2, "1 data point was refused: 1 x delta sum that is not monotonic (first: queue)").ToArray();
        Assert.Equal(partial, Nested(answer.Body));
    }

    [Fact]
    public async Task Export_GzippedJson_BooksAndAnswersInJson()
    {
        var json = $$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"orders","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"asInt":"7","timeUnixNano":"{{{DoorRig.Start}}}000000"}]}},{"name":"q","sum":{"dataPoints":[{"asInt":1}]}}]}]}]}""";
        var answer = await PostAsync("application/json; charset=utf-8", Gzip(Encoding.UTF8.GetBytes(json)), "gzip");

        Assert.Equal(7, _rig.Events());
        Assert.Equal(
            (200, Json, """{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"1 data point was refused: 1 x sum or histogram without aggregationTemporality (first: q)"}}"""),
            (answer.Status, answer.Type, Encoding.UTF8.GetString(answer.Body)));
    }

    [Fact]
    public async Task Export_AllTaken_AnswersEmpty()
    {
        Assert.Empty((await PostAsync(Protobuf, [])).Body);
        Assert.Equal("{}", Encoding.UTF8.GetString((await PostAsync(Json, "{}"u8.ToArray())).Body));
    }

    [Theory]
    [InlineData("text/plain", "", "x", 415, "{\"code\":3,\"message\":\"send application/x-protobuf or application/json, not \\\"text/plain\\\"\"}")]
    [InlineData(Json, "", "{", 400, "{\"code\":3,\"message\":\"the body is not valid JSON: line 1, byte 1\"}")]
    [InlineData(Json, "br", "{}", 415, "{\"code\":3,\"message\":\"The content encoding \\\"br\\\" is not taken here. Send gzip, or nothing.\"}")]
    [InlineData(Json, "gzip", "{}", 400, "{\"code\":3,\"message\":\"The body is not the compressed data that its Content-Encoding promises, or it breaks off.\"}")]
    public async Task Export_WrongBody_AnswersAStatusInWords(string type, string encoding, string body, int status, string expected)
    {
        var answer = await PostAsync(type, Encoding.UTF8.GetBytes(body), encoding);

        Assert.Equal((status, expected), (answer.Status, Encoding.UTF8.GetString(answer.Body)));
    }

    [Fact]
    public async Task Export_BrokenProtobuf_AnswersAStatusInProtobuf()
    {
        var answer = await PostAsync(Protobuf, TwoThenFive[..^3]);

        Assert.Equal(400, answer.Status);
        Assert.Equal(new Wire().Varint(1, 3).Text(2, "the body is not an ExportMetricsServiceRequest, or it breaks off").ToArray(), answer.Body);
        Assert.Equal(0, _rig.Events());
    }

    [Fact]
    public async Task Export_GzipBomb_StopsAtTheLimit()
    {
        var answer = await PostAsync(Json, Gzip(new byte[OtlpHttp.Limit + 1]), "gzip");

        Assert.Equal(
            (413, "{\"code\":8,\"message\":\"The body is larger than the 64 MiB that this door takes. Send it in smaller parts.\"}"),
            (answer.Status, Encoding.UTF8.GetString(answer.Body)));
    }

    [Fact]
    public async Task Export_FullDisk_AsksToTryAgainAndBooksNothing()
    {
        _rig.DiskFull = true;
        var answer = await PostAsync(Protobuf, TwoThenFive);

        Assert.Equal((503, "5", 0.0), (answer.Status, answer.RetryAfter, _rig.Events()));
        Assert.Equal(new Wire().Varint(1, 14).Text(2, "The disk is full.").ToArray(), answer.Body);
    }

    [Fact]
    public async Task Export_Acknowledged_IsThereAfterACrash()
    {
        await PostAsync(Protobuf, TwoThenFive);
        var after = _rig.Restart();

        await after.Log(new OtlpDoor(after.Hub, after.Intake, after.Clock)).ReplayAsync(default);

        Assert.Equal(5, after.Events());
    }

    [Fact]
    public async Task Export_SameDeltaTwice_CountsOnce()
    {
        await PostAsync(Protobuf, TwoThenFive);
        await PostAsync(Protobuf, TwoThenFive);

        Assert.Equal(5, _rig.Events());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_OverGrpc_BooksAndEndsWithStatusZero(bool packed)
    {
        var frame = OtlpGrpc.Frame(packed ? Gzip(TwoThenFive) : TwoThenFive);
        frame[0] = packed ? (byte)1 : (byte)0;
        var (status, trailers, body) = await CallAsync(frame, packed ? "gzip" : "identity");

        Assert.Equal((200, "0", 5.0), (status, trailers["grpc-status"].ToString(), _rig.Events()));
        Assert.Equal(0, body[0]);
        Assert.Equal(body.Length - 5, body[4]);
    }

    [Theory]
    [InlineData(new byte[] { 0 }, "3", "the call has no message")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, "3", "the frame says 9 bytes and 1 came; Export takes one message")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 }, "12", "the message encoding \"snappy\" is not taken here; send gzip, or none")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0x0a }, "3", "the body is not an ExportMetricsServiceRequest, or it breaks off")]
    public async Task Export_WrongFrame_EndsWithAStatus(byte[] frame, string status, string message)
    {
        var (http, trailers, _) = await CallAsync(frame, "snappy");

        Assert.Equal((200, status, message), (http, trailers["grpc-status"].ToString(), trailers["grpc-message"].ToString()));
    }

    [Fact]
    public async Task Export_GrpcAddressOverHttp1_SaysWhatItTakes()
    {
        var http = Request("application/grpc", OtlpGrpc.Frame(TwoThenFive), "");
        http.Request.Protocol = "HTTP/1.1";
        await OtlpGrpc.ExportAsync(http, Door());

        Assert.Equal(
            (415, "This address takes gRPC over HTTP/2 only. Send OTLP over HTTP to /v1/metrics.\n"),
            (http.Response.StatusCode, Encoding.UTF8.GetString(Body(http))));
    }

    private static byte[] Nested(byte[] body)
    {
        // Field 1 with a length of four bytes.
        Assert.Equal(0x0a, body[0]);
        return body[5..];
    }

    private static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(plain);
        return packed.ToArray();
    }

    private static DefaultHttpContext Request(string type, byte[] body, string encoding)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = type;
        http.Request.ContentLength = body.Length;
        http.Request.Body = new MemoryStream(body);
        if (encoding.Length > 0) http.Request.Headers.ContentEncoding = encoding;
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static byte[] Body(HttpContext http) => ((MemoryStream)http.Response.Body).ToArray();

    private OtlpDoor Door() => new(_rig.Hub, _rig.Intake, _rig.Clock);

    private async Task<(int Status, string Type, byte[] Body, string RetryAfter)> PostAsync(string type, byte[] body, string encoding = "")
    {
        var http = Request(type, body, encoding);
        await OtlpHttp.ExportAsync(http, Door());
        return (http.Response.StatusCode, http.Response.ContentType!, Body(http), http.Response.Headers.RetryAfter.ToString());
    }

    private async Task<(int Status, IHeaderDictionary Trailers, byte[] Body)> CallAsync(byte[] frame, string encoding)
    {
        var http = Request("application/grpc", frame, "");
        http.Request.Protocol = "HTTP/2";
        http.Request.Headers["grpc-encoding"] = encoding;
        var trailers = new Trailing();
        http.Features.Set<IHttpResponseTrailersFeature>(trailers);
        await OtlpGrpc.ExportAsync(http, Door());
        return (http.Response.StatusCode, trailers.Trailers, Body(http));
    }

    private sealed class Trailing : IHttpResponseTrailersFeature
    {
        public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();
    }
}
