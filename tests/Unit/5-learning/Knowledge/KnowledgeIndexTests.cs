using Nines.Learning.Knowledge;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Knowledge;

public class KnowledgeIndexTests
{
    private static KnownText Text(string id, string title, string body = "", object? version = null) =>
        new(id, id.Split('/')[0], id, title, "/" + id, null, [], () => [new(title, 4), new(body, 1)], version ?? new object());

    private static KnowledgeIndex Index(params KnownText[] texts)
    {
        var index = new KnowledgeIndex();
        index.Update(texts);
        return index;
    }

    private static string[] Names(KnowledgeIndex index, string query) => [.. index.Search(query, 10).Select(f => f.Text.Id)];

    [Fact]
    public void Update_NothingIsAnother_ReadsNothingAgain()
    {
        var read = 0;
        var text = Text("incident/1", "Payments are slow") with { Parts = () => [new($"Read {++read} times", 1)] };
        var index = Index(text);
        index.Update([text, Text("incident/2", "Search is down")]);
        Assert.Equal(1, read);
    }

    [Theory]
    [InlineData("The payments' queries, v2.41.0 of INC-12!", "payment query v2.41.0 inc-12 inc 12")]
    [InlineData("pg_pool status: /api/v1 is down", "pg_pool pg pool status api/v1 api v1 down")]
    [InlineData("", "")]
    [InlineData("… – — !!", "")]
    public void Of_AText_IsItsWords(string text, string words) => Assert.Equal(words, string.Join(' ', Terms.Of(text)));

    [Fact]
    public void Search_ATitleBeatsABody_AndMoreWordsBeatOne()
    {
        var index = Index(
            Text("a/1", "Connection pool exhausted"), Text("a/2", "Search is slow", "the connection pool was fine"), Text("a/3", "Pool pool pool pool", "pool pool"), Text("a/4", "Certificate expired"));
        Assert.Equal(["a/1", "a/2", "a/3"], Names(index, "connection pools"));
        Assert.Empty(Names(index, "nothing of this"));
    }

    [Fact]
    public void Search_TheLastWordMayBeBegun_TheOthersNot()
    {
        var index = Index(Text("a/1", "Connection pool exhausted"), Text("a/2", "Connections dropped"));
        Assert.Equal(["a/1", "a/2"], Names(index, "connection exh"));
        Assert.Equal(["a/2", "a/1"], Names(index, "connection dro"));
        Assert.Empty(Names(Index(Text("a/1", "Connection pool exhausted")), "exh nothing"));
    }

    [Fact]
    public void Update_ChangedGoneAndNew_AreFoundAsTheyAreNow()
    {
        var same = new object();
        var index = Index(Text("a/1", "Old title", version: same), Text("a/2", "Gone"));
        index.Update([Text("a/1", "Never read again", version: same), Text("a/3", "New")]);
        Assert.Equal(["a/1"], Names(index, "old title"));
        Assert.Empty(Names(index, "gone"));
        index.Update([Text("a/1", "Another title"), Text("a/3", "New")]);
        Assert.Equal((2, "a/1"), (index.Count, Names(index, "another").Single()));
        Assert.Empty(Names(index, "old"));
    }

    [Fact]
    public void Update_ManyTimesAtRandom_IsAlwaysAFreshIndex()
    {
        var random = new Random(11);
        string[] words = ["pool", "query", "cache", "disk", "deploy", "queue"];
        var texts = new Dictionary<string, KnownText>(StringComparer.Ordinal);
        var index = new KnowledgeIndex();
        for (var round = 0; round < 200; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                var id = $"a/{random.Next(30)}";
                if (random.Next(3) == 0) texts.Remove(id);
                else texts[id] = Text(id, string.Join(' ', random.GetItems(words, 3)), string.Join(' ', random.GetItems(words, 8)));
            }

            index.Update(texts.Values);
            var query = string.Join(' ', random.GetItems(words, 2));
            Assert.Equal(Index([.. texts.Values]).Search(query, 50).Select(f => (f.Text.Id, Math.Round(f.Score, 3))), index.Search(query, 50).Select(f => (f.Text.Id, Math.Round(f.Score, 3))));
        }
    }

    [Fact]
    public void Of_AnExcerpt_ShowsTheWordsAndNoHalfWord()
    {
        var text = Text("a/1", "Pool", $"{string.Join(' ', Enumerable.Repeat("before", 40))} the connection pool was exhausted {string.Join(' ', Enumerable.Repeat("after", 40))}");
        var excerpt = Excerpt.Of(text, "exhausted");
        Assert.Contains("pool was exhausted", excerpt, StringComparison.Ordinal);
        Assert.StartsWith("… before", excerpt, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt, StringComparison.Ordinal);
        Assert.Equal("", Excerpt.Of(text, "certificate"));
    }

    [Fact]
    public void Of_SimilarIncidents_AddsAlertsServicesAndWords_AndSaysWhy()
    {
        var incident = One("i1", "Card payments fail", "payments");
        var found = SimilarRule.Of(
            incident, [incident, One("i2", "Payments slow", "payments") with { Cause = "A full pool." }, One("i3", "Search is down", "search"), One("i4", "Card payments fail", "payments") with { Drill = true }],
            i => i.Id is "i1" or "i2" ? ["PaymentsBurn"] : ["Other"], new Dictionary<string, double> { ["i2"] = 0.5, ["i3"] = 0.1 });
        var one = Assert.Single(found);
        Assert.Equal(("INC-2", "A full pool.", 0.825), (one.Name, one.Cause, Math.Round(one.Likeness, 3)));
        Assert.Equal(["the same alerts: PaymentsBurn", "the same services: payments", "50 % of the words' weight"], one.Reasons);
    }

    private static Incident One(string id, string title, string service) => new()
    {
        Id = id,
        Number = id[1] - '0',
        Title = title,
        Severity = IncidentSeverity.Sev2,
        Services = [service],
        DeclaredAt = Instant.FromUtc(2026, 11, 19, 2, 9),
        DetectedAt = Instant.FromUtc(2026, 11, 19, 2, 9),
    };
}
