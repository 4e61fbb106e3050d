using Nines.Catalog.Manifests;
using Nines.Learning.Postmortems;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class PostmortemExportTests
{
    private const string Hostile = "a \"b\" | c\\ : # - {x}\n<script>\t*y*";

    private static PostmortemView View()
    {
        var facts = PostmortemFactsTests.Facts() with { Title = Hostile };
        return new("inc1", "PM-1", "INC-1", "draft", Instant.FromUtc(2026, 11, 19, 4, 0))
        {
            Facts = facts,
            Figures = PostmortemFigures.Of(facts),
            Authors = ["ada", "bo"],
            Sections = [.. PostmortemSections.Of(PostmortemPolicy.Shipped).Select(k => new SectionView(k, k.Form switch { SectionForm.Number => "12", SectionForm.YesNo => "no", SectionForm.Points => "- one\n2. two: " + Hostile, _ => Hostile }, 1, null, "ada", [], []))],
        };
    }

    [Fact]
    public void Yaml_WhateverPeopleWrote_ReadsBackAsTheTemplate()
    {
        var problems = new ProblemList();
        var text = "apiVersion: x/v1\nkind: Postmortem\nmetadata: { name: a }\nspec:\n" + string.Concat(PostmortemYaml.Write(View()).Split('\n').Where(l => l.Length > 0).Select(l => "  " + l + "\n"));
        var document = Assert.Single(ManifestParser.Parse(text, "a.yaml", problems));
        Assert.False(problems.HasErrors, string.Join('\n', problems.Problems));
        var postmortem = Field.Of(document, problems).Require("spec").Require("postmortem");
        Assert.Equal((Hostile, "SEV2", "24 min"), (postmortem.Require("title").Text(), postmortem.Require("severity").Text(), postmortem.Require("duration").Text()));
        var impact = postmortem.Require("impact");
        Assert.Equal((12, 24, 6.2, 170), (impact.Require("users_affected").Number(), impact.Require("duration_minutes").Number(), impact.Require("slo_budget_consumed_pct").Number(), impact.Require("revenue_impact_usd").Number()));
        Assert.Equal(["one", "two: a \"b\" | c\\ : # - {x}", "<script>\t*y*"], postmortem.Require("what_went_well").Texts());
        Assert.Equal("alert", postmortem.Require("detection").Require("how_detected").Text());
    }

    [Fact]
    public void Markdown_TitlesAndTables_AreEscaped()
    {
        var lines = PostmortemMarkdown.Write(View()).Split('\n');
        Assert.Equal("# PM-1: a \"b\" \\| c\\\\ : \\# - {x} \\<script\\>\t\\*y\\*", lines[0]);
        Assert.All(lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal)), l => Assert.DoesNotContain("<", l.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("| Budget spent | 6.2\u00a0% | of the budget of payments-availability |", lines);
    }

    [Fact]
    public void Agenda_HoldsTheSeedsHour_AndThisDocumentsPoints()
    {
        var agenda = ReviewAgenda.Of(View(), PostmortemPolicy.Shipped, ["AI-7 Load-test, ada, was due 2026-11-01"]);
        Assert.Equal([("Timeline walk-through", 15), ("Root cause deep-dive", 15), ("Action item review", 20), ("Process improvements", 10)], agenda.Select(a => (a.Title, a.Minutes)));
        Assert.Contains("Users felt it: 24\u00a0min", agenda[0].Points);
        Assert.Contains("Trigger: one", agenda[1].Points);
        Assert.Contains("Overdue: AI-7 Load-test, ada, was due 2026-11-01", agenda[2].Points);
    }
}
