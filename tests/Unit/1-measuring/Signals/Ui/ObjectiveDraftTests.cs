using Nines.Catalog.Manifests;
using Nines.Measuring.Signals;
using Nines.Measuring.Signals.Ui;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals.Ui;

public sealed class ObjectiveDraftTests
{
    [Fact]
    public void For_CounterWithCodes_CountsFiveHundredsAsBad()
    {
        var draft = ObjectiveDraft.For(Family("http_requests_total", ("service", ["checkout"]), ("code", ["200", "500"])));

        Assert.Equal("checkout-availability", draft.Name);
        Assert.Equal("http_requests_total{service=\"checkout\",code!~\"[45]..\"}", draft.Good);
        Assert.Equal("http_requests_total{service=\"checkout\",code!~\"4..\"}", draft.Total);
        Assert.Equal("99.9", draft.Target);
    }

    [Fact]
    public void For_Histogram_TakesTheBoundNearestToHalfASecond()
    {
        var draft = ObjectiveDraft.For(Family("http_request_duration_seconds_bucket", ("job", ["api"]), ("le", ["0.005", "0.25", "0.5", "1", "+Inf"])));

        Assert.Equal(("api-latency-p95", "95"), (draft.Name, draft.Target));
        Assert.Equal("http_request_duration_seconds_bucket{job=\"api\",le=\"0.5\"}", draft.Good);
        Assert.Equal("http_request_duration_seconds_count{job=\"api\"}", draft.Total);
    }

    [Theory]
    [InlineData("outcome", "error|failure|SERVER_ERROR")]
    [InlineData("success", "false")]
    public void For_CounterOfJobs_CountsTheirFailures(string label, string bad) => Assert.Contains(
        bad, ObjectiveDraft.For(Family("nightly_jobs_total", ("service", ["mail"]), (label, ["true", "success"]))).Good, StringComparison.Ordinal);

    [Fact]
    public void For_ServiceThatIsAskedFor_IsTaken() =>
        Assert.Equal("http_requests_total{service=\"b\",code!~\"4..\"}", ObjectiveDraft.For(Family("http_requests_total", ("service", ["a", "b"]), ("code", ["200"])), "b").Total);

    [Fact]
    public void For_LabelsThatTellNothing_LeavesGoodToThePerson() =>
        Assert.Equal("", ObjectiveDraft.For(Family("jobs_total", ("service", ["mail"]))).Good);

    [Fact]
    public void ToManifest_Filled_IsOneDocumentOfItsName()
    {
        var text = new ObjectiveDraft("checkout-availability", "checkout", "a{code!~\"5..\"}", "a", "99.95 %", "28d").ToManifest();

        var problems = new ProblemList();
        var document = Assert.Single(ManifestParser.Parse(text.Value, null, problems));
        Assert.Empty(problems.Problems);
        Assert.Equal(("openslo/v1", "SLO", "checkout-availability"), (document.ApiVersion, document.Kind, document.Name));
        Assert.Contains("objectives: [{ target: 0.9995 }]", text.Value, StringComparison.Ordinal);
        Assert.Contains("selector: 'a{code!~\"5..\"}'", text.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ToManifest_QuotesAndLinesInAName_StayAValue()
    {
        var text = new ObjectiveDraft("it's }\nkind: Person", "s", "a", "a", "99", "28d").ToManifest();

        var problems = new ProblemList();
        Assert.Equal("SLO", Assert.Single(ManifestParser.Parse(text.Value, null, problems)).Kind);
    }

    [Fact]
    public void ToManifest_Nothing_NamesEveryFieldAtOnce()
    {
        var problems = new ObjectiveDraft("", "", "", "a{", "100", "28").ToManifest().Problems;

        Assert.Equal(["name", "service", "target", "window", "good", "total"], problems.Select(p => p.Path));
        Assert.Equal("\"100\" is no target. Write a per cent above 0 and below 100, such as 99.9.", $"{problems[2].What} {problems[2].Remedy}");
    }

    private static SignalFamily Family(string name, params (string Name, string[] Values)[] labels) =>
        new(name, 4, 0, 1, [.. labels.Select(l => new SignalLabel(l.Name, l.Values, false))], ["remote-write"], []);
}
