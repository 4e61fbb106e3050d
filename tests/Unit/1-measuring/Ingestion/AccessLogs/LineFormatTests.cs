using System.Text;
using Nines.Measuring.Ingestion.AccessLogs;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.AccessLogs;

public sealed class LineFormatTests
{
    private const string CombinedLine = """203.0.113.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif?x=1 HTTP/1.0" 200 2326 "http://a/\"b\"" "Mozilla/4.08 [en]" """;
    private const string JsonLine = """{"time":"2000-10-10T20:55:36.250Z","request_method":"GET","uri":"/a\/b","status":"200","latency":"12.5ms","http":{"host":"shop"},"list":[1],"user_agent":"x"}""";

    [Theory]
    [InlineData("common", """127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326""", "GET", "/a.gif", double.NaN)]
    [InlineData("combined", CombinedLine, "GET", "/a.gif?x=1", double.NaN)]
    [InlineData("nginx", CombinedLine + "0.123", "GET", "/a.gif?x=1", 0.123)]
    [InlineData("$msec $status $request_time $request_method $uri $host", "971211336.000 200 0.5 PUT /x shop", "PUT", "/x", 0.5)]
    [InlineData("[$time_iso8601] \"$request\" $status rt=$request_time uct=\"$upstream\"", """[2000-10-10T22:55:36+02:00] "POST /q HTTP/2.0" 200 rt=0.010, 0.020 uct="-" """, "POST", "/q", 0.03)]
    public void TryParse_Line_GivesItsParts(string format, string text, string method, string path, double seconds)
    {
        var line = Parse(new LogSource("a") { Format = format }, text)!;

        Assert.Equal((971211336000, 200), (line.UnixMs, line.Status));
        Assert.Equal((method, path), (Text(line[AccessField.Method]), Text(line[AccessField.Path])));
        Assert.Equal(seconds, line.Seconds);
    }

    [Fact]
    public void TryParse_Combined_KnowsAddressAndAgentBehindEscapedQuotes()
    {
        var line = Parse(new LogSource("a"), CombinedLine)!;

        Assert.Equal(("203.0.113.7", "Mozilla/4.08 [en]"), (Text(line[AccessField.Address]), Text(line[AccessField.UserAgent])));
    }

    [Fact]
    public void TryParse_JsonLine_TakesUsualNamesUnitsNestedFieldsAndEscapes()
    {
        var line = Parse(new LogSource("a") { Format = "json", Labels = [new("host", "$http.host")] }, JsonLine)!;

        Assert.Equal((971211336250, 200, 0.0125), (line.UnixMs, line.Status, line.Seconds));
        Assert.Equal(("GET", "/a/b", "shop"), (Text(line[AccessField.Method]), Text(line[AccessField.Path]), Text(line[AccessField.Extra])));
    }

    [Fact]
    public void TryParse_JsonLineWithOwnNames_TakesThose()
    {
        var source = new LogSource("a") { Format = "json", Fields = new() { Time = "t", Status = "res.code", Path = "p", Duration = "took", DurationUnit = 1e-3 } };
        var line = Parse(source, """{"t":971211336,"res":{"code":404},"p":"/x","took":7,"status":200}""")!;

        Assert.Equal((971211336000, 404, 0.007, "/x"), (line.UnixMs, line.Status, line.Seconds, Text(line[AccessField.Path])));
    }

    [Theory]
    [InlineData("combined", "")]
    [InlineData("combined", "hello world")]
    [InlineData("common", """127.0.0.1 - - [10/Okt/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1""")]
    [InlineData("common", """127.0.0.1 - - [31/Feb/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1""")]
    [InlineData("common", """127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 20 1""")]
    [InlineData("common", """127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0""")]
    [InlineData("json", "{\"time\":\"2000-10-10T20:55:36Z\"}")]
    [InlineData("json", "{\"time\":\"2000-10-10T20:55:36Z\",\"status\":200")]
    [InlineData("json", "{\"time\":\"2000-10-10T20:55:36Z\",\"status\":200,\"path\":\"\\ud800\"}")]
    [InlineData("json", "[1]")]
    public void TryParse_OtherText_IsRefused(string format, string text) => Assert.Null(Parse(new LogSource("a") { Format = format }, text));

    [Fact]
    public void TryParse_RequestThatIsNone_LeavesMethodAndPathEmpty()
    {
        var line = Parse(new LogSource("a") { Format = "common" }, """127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "\x16\x03\x01" 400 150""")!;

        Assert.Equal((400, "", ""), (line.Status, Text(line[AccessField.Method]), Text(line[AccessField.Path])));
    }

    [Theory]
    [InlineData("$status", "The log format has no time: add $time_local, $time_iso8601 or $msec.")]
    [InlineData("$msec", "The log format has no status: add $status.")]
    [InlineData("$msec$status", "$msec is followed by another variable without a text between them, so its end cannot be told.")]
    [InlineData("$msec $ $status", "The log format has a $ without a name at character 7.")]
    public void TryCreate_WrongFormat_SaysWhy(string format, string expected)
    {
        Assert.False(LineFormats.TryCreate(new LogSource("a") { Format = format }, out _, out var wrong));
        Assert.Equal(expected, wrong);
    }

    [Fact]
    public void TryCreate_LabelOfAFieldThatIsNotThere_SaysWhich()
    {
        Assert.False(LineFormats.TryCreate(new LogSource("a") { Labels = [new("host", "$host")] }, out _, out var wrong));
        Assert.Equal("The log format has no $host, which a label asks for.", wrong);
    }

    [Fact]
    public void TryParse_MutatedLines_NeverThrows()
    {
        foreach (var (format, text) in new[] { ("nginx", CombinedLine + "0.123"), ("json", JsonLine) })
        {
            Assert.True(LineFormats.TryCreate(new LogSource("a") { Format = format }, out var made, out _));
            Mutations.Of(Encoding.UTF8.GetBytes(text), bytes =>
            {
                var line = new AccessLine();
                _ = made.TryParse(bytes, line);
            });
        }
    }

    internal static AccessLine? Parse(LogSource source, string text)
    {
        Assert.True(LineFormats.TryCreate(source, out var format, out var wrong), wrong);
        var line = new AccessLine();
        return format.TryParse(Encoding.UTF8.GetBytes(text), line) ? line : null;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
