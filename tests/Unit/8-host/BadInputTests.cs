using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nines.Host;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Unit.Host;

/// <summary>Every door of a running server with what does not belong there: an answer in words, a counter, and the server goes on.</summary>
public sealed class BadInputTests(BadInputTests.Server server) : IClassFixture<BadInputTests.Server>
{
    private static readonly byte[] Bomb = Gzip(new byte[80 * 1024 * 1024]);

    private readonly HttpClient _http = server.Http;
    private readonly NinesHost _host = server.Host;

    public static TheoryData<string, string, string, string, string, int> Bodies()
    {
        var data = new TheoryData<string, string, string, string, string, int>();
        (string Method, string Path, string Type)[] doors =
        [
            ("POST", "/api/v1/write", "application/x-protobuf"), ("POST", "/v1/metrics", "application/x-protobuf"), ("POST", "/v1/metrics", "application/json"),
            ("POST", "/api/v1/events", "application/json"), ("POST", "/api/v1/manifests", "application/yaml"), ("PUT", "/api/v1/manifests/SLO/x", "application/yaml"),
            ("POST", "/api/v1/silences", "application/json"), ("POST", "/api/v1/sources/proposals", "application/json"),
        ];
        foreach (var (method, path, type) in doors)
        {
            var refused = path is "/api/v1/write" or "/v1/metrics" ? 400 : 422;
            data.Add(method, path, type, "", "garbage", refused);
            data.Add(method, path, type, "br", "garbage", 415);
            // Elsewhere than at the doors for measurements an encoding is refused, whatever it holds.
            var inflates = path is "/v1/metrics" or "/api/v1/events";
            data.Add(method, path, type, "gzip", "garbage", inflates ? 400 : 415);
            data.Add(method, path, type, "gzip", "bomb", inflates ? 413 : 415);
            data.Add(method, path, type, "gzip", "cut", inflates ? 400 : 415);
            data.Add(method, path, type, "", "17 MiB", 413);
        }

        data.Add("POST", "/api/v1/silences", "application/json", "", "nothing", 422);
        data.Add("POST", "/api/v1/silences", "text/html", "", "garbage", 415);
        data.Add("POST", "/v1/metrics", "text/html", "", "garbage", 415);
        data.Add("POST", "/api/v1/events", "text/html", "", "garbage", 415);
        data.Add("POST", "/api/v1/alerts", "application/json", "", "garbage", 405);
        data.Add("POST", "/manifests", "application/json", "", "garbage", 415);
        data.Add("POST", "/manifests/check", "multipart/form-data; boundary=x", "", "garbage", 422);
        data.Add("POST", "/v1/traces", "application/json", "", "garbage", 501);
        data.Add("POST", "/v1/logs", "application/x-protobuf", "", "garbage", 501);
        data.Add("POST", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", "", "garbage", 415);
        return data;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Door_WhatDoesNotBelongThere_IsRefusedInWordsAndCounted(string method, string path, string type, string encoding, string body, int status)
    {
        var before = await RefusedAsync();
        using var answer = await SendAsync(method, path, type, encoding, body);
        Assert.Equal(status, (int)answer.StatusCode);
        var words = await answer.Content.ReadAsStringAsync();
        Assert.True(words.Length > 20, $"no words: \"{words}\"");
        Assert.DoesNotContain("System.", words, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Nines.", words, StringComparison.Ordinal);
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            using var problem = JsonDocument.Parse(words);
            Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
            Assert.NotEqual(0, problem.RootElement.GetProperty("problems").GetArrayLength());
        }

        Assert.Equal(before + 1, await RefusedAsync());
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri(_host.Address, "/-/ready"))).StatusCode);
    }

    [Fact]
    public async Task Metrics_RefusedRequests_CarryRouteMethodAndStatusAndNothingThatASenderMadeUp()
    {
        for (var i = 0; i < 20; i++)
        {
            using var odd = new HttpRequestMessage(new HttpMethod($"ODD{i}"), new Uri(_host.Address, $"/made/up/{i}"));
            using var answer = await _http.SendAsync(odd);
        }

        var page = await _http.GetStringAsync(new Uri(_host.Address, "/metrics"));
        Assert.Contains("nines_http_refused_total{route=\"none\",method=\"other\",status=\"404\"} 20", page, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string type, string encoding, string body)
    {
        using var content = new ByteArrayContent(Bytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding.Length > 0) content.Headers.ContentEncoding.Add(encoding);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_host.Address, path)) { Content = content };
        // A body that is refused for its length is not sent at all.
        request.Headers.ExpectContinue = body == "17 MiB";
        return await _http.SendAsync(request);
    }

    private static byte[] Bytes(string body) => body switch
    {
        "nothing" => [],
        "17 MiB" => [.. Enumerable.Repeat((byte)' ', 17 * 1024 * 1024)],
        "bomb" => Bomb,
        "cut" => Gzip(Encoding.UTF8.GetBytes("""{"name":"a","good":1,"total":2}"""))[..^3],
        _ => [0xff, 0xfe, .. "<html>no</html>"u8],
    };

    private static byte[] Gzip(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        return packed.ToArray();
    }

    private async Task<double> RefusedAsync() => (await _http.GetStringAsync(new Uri(_host.Address, "/metrics"))).Split('\n')
        .Where(l => l.StartsWith("nines_http_refused_total{", StringComparison.Ordinal))
        .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>One server for all cases: what one of them did to it, the next would see.</summary>
    public sealed class Server : IAsyncLifetime
    {
        // A server that is busy may answer "go on" late; sending all the same would end in a cut connection.
        public HttpClient Http { get; } = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) });

        public NinesHost Host { get; } = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Log = false }, TimeProvider.System, Store.InMemory());

        public Task InitializeAsync() => Host.StartAsync();

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await Host.DisposeAsync();
        }
    }
}
