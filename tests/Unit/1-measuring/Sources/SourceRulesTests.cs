using System.Text;
using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using Nines.Measuring.Signals;
using Nines.Measuring.Sources;
using Nines.Measuring.Sources.Manifests;
using Nines.Tests.Unit.Measuring.Ingestion;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Sources;

public sealed class SourceRulesTests
{
    private const string Matrix = """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"a_total","job":"x"},"values":[[1700000000.123,"1"],[1700000060,"NaN"],[1700000120,"+Inf"]]}]}}""";

    [Theory]
    [InlineData("a_total", "a_total")]
    [InlineData(" a_total{x=\"b)\"} ", "a_total{x=\"b)\"}")]
    [InlineData("sum(a_total{x=\"(\"})", "a_total{x=\"(\"}")]
    [InlineData("sum by (job, code) (a_total)", "a_total")]
    [InlineData("sum(a_total) without (pod)", "a_total")]
    public void TryUnwrap_SelectorOrOneSum_GivesTheSelector(string query, string expected)
    {
        Assert.True(CounterQuery.TryUnwrap(query, out var selector, out _));
        Assert.Equal(expected, selector);
    }

    [Theory]
    [InlineData("rate(a_total[5m])")]
    [InlineData("sum(rate(a_total[5m]))")]
    [InlineData("sum(a_total) / 2")]
    [InlineData("sum(a_total) + sum(b_total)")]
    [InlineData("sum(")]
    [InlineData("")]
    public void TryUnwrap_OtherExpression_SaysWhatToWrite(string query)
    {
        Assert.False(CounterQuery.TryUnwrap(query, out _, out var error));
        Assert.Equal($"With counter: true the query \"{query}\" must be a selector such as http_requests_total{{code!~\"5..\"}}, or one sum around it; for any other expression write counter: false with events per minute.", error);
    }

    [Fact]
    public void Next_FirstContact_ReadsTheHistoryInPiecesThenTheMinutes()
    {
        const long Now = (28_333_333 * ReadPlan.MinuteMs) + 7_000;
        const long Newest = 28_333_333 * ReadPlan.MinuteMs;
        long? mark = null;
        var pieces = new List<ReadPiece>();
        while (ReadPlan.Next(mark, Now, 300 * ReadPlan.MinuteMs) is { } piece)
        {
            pieces.Add(piece);
            mark = piece.ToMs;
        }

        Assert.Equal(
            [
                new(Newest - (300 * ReadPlan.MinuteMs), Newest - (180 * ReadPlan.MinuteMs), true),
                new(Newest - (180 * ReadPlan.MinuteMs), Newest - (60 * ReadPlan.MinuteMs), true),
                new(Newest - (60 * ReadPlan.MinuteMs), Newest, true),
            ],
            pieces);
        Assert.Null(ReadPlan.Next(Newest, Newest + 64_999, 0));
        Assert.Equal(new ReadPiece(Newest, Newest + ReadPlan.MinuteMs, false), ReadPlan.Next(Newest, Newest + 65_000, 0));
        Assert.Equal(Newest + 65_000, ReadPlan.NextDueMs(Now));
        Assert.Equal(Newest + 5_000, ReadPlan.NextDueMs(Newest + 4_999));
    }

    [Fact]
    public void Read_Matrix_GivesSeriesAndSamplesOfTheHub()
    {
        var answer = PromAnswer.Read(200, Encoding.UTF8.GetBytes(Matrix));
        var query = new SourceQuery("prom", "a_total", "nines_source_x", true, [0]);

        Assert.Equal(
            [("nines_source_x{job=\"x\",metric=\"a_total\"}", SampleKind.Counter, 1700000000123, 1.0), ("nines_source_x{job=\"x\",metric=\"a_total\"}", SampleKind.Counter, 1700000120000, double.PositiveInfinity)],
            SourceSamples.Of(query, answer, 0).Select(sample => (sample.Labels.ToString(), sample.Kind, sample.UnixMs, sample.Value)));
        Assert.Single(SourceSamples.Of(query, answer, 1700000000123));
    }

    [Theory]
    [InlineData(200, "<html>", "It answered something that is no query result.", false, false)]
    [InlineData(502, "<html>", "It answered HTTP 502.", false, false)]
    [InlineData(200, "[]", "It answered HTTP 200 and no query result.", false, false)]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"parse error"}""", "It answered bad_data: parse error", false, false)]
    [InlineData(422, """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory"}""", "It answered execution: query processing would load too many samples into memory", true, false)]
    [InlineData(200, """{"status":"success","warnings":["partial response"],"data":{"resultType":"vector","result":[]}}""", null, false, true)]
    [InlineData(200, """{"status":"success","warnings":["metric might not be a counter"],"data":{"resultType":"vector","result":[]}}""", null, false, false)]
    [InlineData(200, """{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}""", null, false, false)]
    public void Read_Answers_AreJudged(int status, string body, string? error, bool tooMuch, bool partial)
    {
        var answer = PromAnswer.Read(status, Encoding.UTF8.GetBytes(body));

        Assert.Equal((error, tooMuch, partial), (answer.Error, answer.TooMuch, answer.Partial));
    }

    [Fact]
    public void Read_MutatedAnswers_NeverThrows() => Mutations.Of(Encoding.UTF8.GetBytes(Matrix), bytes => _ = PromAnswer.Read(200, bytes));

    [Fact]
    public void Of_Indicators_AsksEachQueryOnce()
    {
        var total = new MetricQuery("prometheus", "a_total", "prom");
        var good = new MetricQuery("prometheus", "a_total{code=\"200\"}", "prom");
        var queries = SourceQuery.Of(
            [(0, new RatioIndicator("a", good, null, total, true)), (3, new RatioIndicator("b", null, MetricQuery.Native("x"), total, true)), (4, new RawRatioIndicator("c", total, true))]);

        Assert.Equal(
            [("a_total", false, "4"), ("a_total", true, "0,3"), ("a_total{code=\"200\"}", true, "0")],
            queries.Select(query => (query.Text, query.Counter, string.Join(',', query.Indicators))));
        Assert.Equal(total.SeriesName(queries[1].Counter), queries[1].SeriesName);
        Assert.NotEqual(good.SeriesName(true), total.SeriesName(true));
        Assert.NotEqual(total.SeriesName(true), total.SeriesName(false));
        Assert.True(Selector.TryParse(total.SeriesName(false), out _, out _));
    }

    [Fact]
    public void Read_DataSource_ExampleValidatesAndMistakesAreNamed()
    {
        var kinds = new ManifestKinds([new DataSourceKind()]);
        Assert.Empty(Compile(kinds, kinds.All[0].Example).Problems);
        Assert.Equal(
            ["spec.connectionDetails.url: \"ftp://x\" is not an address that can be read. Write a whole URL that begins with https:// or http://, without a password; a token goes to token: env:NAME.", "spec.connectionDetails.token: A secret must not stand in a manifest. Write where it is kept: env:NAME or file:/absolute/path."],
            Words(kinds, "type: prometheus, connectionDetails: { url: 'ftp://x', token: abc }"));
        Assert.Equal(
            ["spec.type: Nines does not read servers of type \"Datadog\". Objectives over it stay without data; type: prometheus is read."],
            Words(kinds, "type: Datadog, connectionDetails: { site: eu }"));
    }

    private static IEnumerable<string> Words(ManifestKinds kinds, string spec) =>
        Compile(kinds, $"{{ apiVersion: openslo/v1, kind: DataSource, metadata: {{ name: a }}, spec: {{ {spec} }} }}").Problems.Select(problem => (problem with { Place = null }).ToString());

    private static CompiledManifest Compile(ManifestKinds kinds, string text) => kinds.Compile(Assert.Single(ManifestParser.Parse(text, null, new())));
}
