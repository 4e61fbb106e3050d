using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Probes;
using Nines.Measuring.Signals;
using Nines.Tests.Unit.Measuring.Ingestion;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Probes;

public sealed class ProbeRulesTests
{
    private static readonly HttpCheck Front = new(new Uri("http://shop/"), "GET", ["2xx", "304"], "Basket", 5, false, HttpAccess.Open);
    private static readonly DnsCheck Name = new("127.0.0.1", 53, "shop.example.com", "A", ["192.0.2.7"]);

    // Answer to shop.example.com A: a CNAME to web.example.com by pointer, and its address.
    private static readonly byte[] Answer =
    [
        0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0,
        4, (byte)'s', (byte)'h', (byte)'o', (byte)'p', 7, (byte)'e', (byte)'x', (byte)'a', (byte)'m', (byte)'p', (byte)'l', (byte)'e', 3, (byte)'c', (byte)'o', (byte)'m', 0, 0, 1, 0, 1,
        0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 6, 3, (byte)'w', (byte)'e', (byte)'b', 0xc0, 17,
        0xc0, 46, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7,
    ];

    [Theory]
    [InlineData(200, "the Basket is empty", "", "")]
    [InlineData(304, "Basket", "", "")]
    [InlineData(301, "Basket", "status", "The server answered 301; accepted is 2xx, 304.")]
    [InlineData(200, "nothing", "body", "The body does not hold \"Basket\".")]
    public void Of_Answer_IsJudgedByStatusAndBody(int status, string body, string reason, string detail)
    {
        var result = HttpVerdict.Of(Front, status, System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal((reason.Length == 0, reason, detail), (result.Good, result.Reason, result.Detail));
    }

    [Theory]
    [InlineData(302, "/b", "http://shop/b")]
    [InlineData(308, "https://other/x", "https://other/x")]
    [InlineData(302, "file:///etc/passwd", null)]
    [InlineData(200, "/b", null)]
    [InlineData(302, null, null)]
    public void Next_Redirect_LeadsWhereAProbeGoes(int status, string? location, string? expected) =>
        Assert.Equal(expected, HttpVerdict.Next(Front.Url, status, location)?.ToString());

    [Fact]
    public void Verdict_AnswerWithCompressedNames_IsRead()
    {
        Assert.True(DnsMessage.Verdict(Answer, 0x1234, Name).Good);
        Assert.True(DnsMessage.Verdict(Answer, 0x1234, Name with { Type = "CNAME", Expect = ["web.example.com."] }).Good);
        Assert.Equal(
            ("answer", "\"192.0.2.8\" is not among the answers: 192.0.2.7."),
            Words(DnsMessage.Verdict(Answer, 0x1234, Name with { Expect = ["192.0.2.8"] })));
        Assert.Equal(("empty", "There is no TXT record."), Words(DnsMessage.Verdict(Answer, 0x1234, Name with { Type = "TXT", Expect = [] })));
    }

    [Fact]
    public void Verdict_WrongAnswers_SayWhy()
    {
        var missing = (byte[])Answer.Clone();
        missing[3] = 0x83;
        var looping = (byte[])Answer.Clone();
        looping[47] = 46;
        Assert.Equal(("malformed", "The answer is no DNS answer to this question."), Words(DnsMessage.Verdict(Answer, 1, Name)));
        Assert.Equal(("nxdomain", "The server answered NXDOMAIN."), Words(DnsMessage.Verdict(missing, 0x1234, Name)));
        Assert.Equal(("malformed", "The answer breaks off or loops."), Words(DnsMessage.Verdict(Answer.AsSpan(0, 50), 0x1234, Name)));
        Assert.NotNull(DnsMessage.Verdict(looping, 0x1234, Name));
    }

    [Fact]
    public void Verdict_MutatedAnswers_NeverThrows() => Mutations.Of(Answer, bytes =>
    {
        _ = DnsMessage.Verdict(bytes, 0x1234, Name);
        _ = DnsMessage.Verdict(bytes, 0x1234, Name with { Type = "CNAME" });
    });

    [Fact]
    public void Question_Name_IsWrittenAsRfc1035Says()
    {
        Assert.Equal([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 2, (byte)'b', (byte)'c', 0, 0, 28, 0, 1], DnsMessage.Question(0x1234, "a.bc.", "AAAA"));
        Assert.Null(DnsMessage.Question(1, "a..b", "A"));
        Assert.Null(DnsMessage.Question(1, new string('x', 64), "A"));
        Assert.Null(DnsMessage.Question(1, "größe.de", "A"));
    }

    [Fact]
    public void Next_DueTimes_AreEveryIntervalAndShiftedByName()
    {
        var (a, b) = (Named("a"), Named("b"));
        var now = Instant.FromUnixTimeMilliseconds(DoorRig.Start);
        var first = ProbeTimes.Next(a, now);

        Assert.InRange((first - now).TotalMilliseconds, 1, 30_000);
        Assert.Equal(first + a.Interval, ProbeTimes.Next(a, first));
        Assert.Equal(first, ProbeTimes.Next(a, first - Duration.FromMilliseconds(1)));
        Assert.NotEqual(first, ProbeTimes.Next(b, now));
    }

    [Fact]
    public void Of_Result_GivesCountsDurationAndReason()
    {
        var record = ProbeSamples.Of(Named("a"), ProbeResult.Bad("status", "x") with { CertificateRemaining = Duration.FromSeconds(7) }, Duration.FromMilliseconds(300), 5000);
        var values = record.Samples.ToDictionary(sample => sample.Labels.ToString(), sample => sample.Value);

        Assert.Equal(0, values["probe_success{probe=\"a\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(0, values["probe_results_total{outcome=\"good\",probe=\"a\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(1, values["probe_results_total{outcome=\"bad\",probe=\"a\",reason=\"status\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(0, values["probe_duration_seconds_bucket{le=\"0.25\",probe=\"a\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(1, values["probe_duration_seconds_bucket{le=\"0.5\",probe=\"a\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(7, values["probe_certificate_remaining_seconds{probe=\"a\",region=\"eu\",service=\"shop\"}"]);
        Assert.Equal(("probe/a", SampleKind.Delta), (record.Source.Text, record.Samples[1].Kind));
    }

    private static Probe Named(string name) => new(name, "shop", Duration.FromSeconds(30), Duration.FromSeconds(5), Front, [new("region", "eu")]);

    private static (string Reason, string Detail) Words(ProbeResult result) => (result.Reason, result.Detail);
}
