using Nines.Catalog.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Manifests;

public class ManifestParserTests
{
    private static (IReadOnlyList<ManifestDocument> Documents, string[] Problems) Parse(string text, ManifestLimits? limits = null)
    {
        var problems = new ProblemList();
        var documents = ManifestParser.Parse(text, "a.yaml", problems, limits);
        return (documents, [.. problems.Problems.Select(p => p.ToString())]);
    }

    [Fact]
    public void Parse_TwoDocuments_KeepTheirPlacesAndTexts()
    {
        var (documents, problems) = Parse("# shop\napiVersion: nines/v1\nkind: Team\nmetadata: { name: a }\n---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: b }\n");
        Assert.Empty(problems);
        Assert.Equal(["a", "b"], documents.Select(d => d.Name));
        Assert.Equal([1, 5], documents.Select(d => d.Line));
        Assert.Equal(8, documents[1].Root.Find("metadata")!.Value.Place.Line);
        Assert.Equal("---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: b }\n", documents[1].Source);
    }

    [Fact]
    public void Parse_BrokenDocumentBetweenGoodOnes_HidesNone()
    {
        var (documents, problems) = Parse("kind: A\n---\nkind: [B\n---\nkind: C\n");
        Assert.Equal(["A", "C"], documents.Select(d => d.Kind));
        Assert.StartsWith("a.yaml:", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains("This is not YAML:", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Json_IsRead()
    {
        var (documents, problems) = Parse("{\n\t\"apiVersion\": \"nines/v1\",\n\t\"kind\": \"Team\", \"metadata\": {\"name\": \"\\ud83d\\ude00 \\u00e9\\/\"}\n}");
        Assert.Empty(problems);
        Assert.Equal("\U0001F600 é/", Assert.Single(documents).Name);
    }

    [Fact]
    public void Parse_ListOfManifests_GivesEachATextOfItsOwn()
    {
        var (documents, problems) = Parse("- kind: A\n  spec: { on: \"true\", n: 1, list: [x, \"a: b\"], nothing: ~ }\n- kind: B\n- 3\n");
        Assert.Equal("a.yaml:4:3: A manifest is a mapping, but here stands \"3\". Begin it with apiVersion, kind, metadata and spec.", Assert.Single(problems));
        Assert.Equal("kind: A\nspec:\n  on: \"true\"\n  n: 1\n  list:\n    - x\n    - \"a: b\"\n  nothing: null\n", documents[0].Source);
        Assert.Equal("B", documents[1].Kind);
    }

    [Fact]
    public void Parse_BillionLaughs_IsRefused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        var (documents, problems) = Parse(text);
        Assert.Empty(documents);
        Assert.Contains("The document holds more than 100000 values once its aliases are followed. Write it smaller.", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &a [*a]", "a.yaml:1:8: The anchor \"a\" contains itself. Write the value out.")]
    [InlineData("a: *b", "a.yaml:1:4: There is no anchor \"b\" before this alias. Define it with & above.")]
    [InlineData("a: 1\na: 2", "a.yaml:2:1: The field \"a\" stands here twice. Keep one; the first is on line 1.")]
    [InlineData("[1]: 2", "a.yaml:1:1: A field's name must be text. Write name: value.")]
    [InlineData("a: 1\n...\nb: 2", "a.yaml:3:1: A second document begins here without a marker. Write a line --- before it.")]
    public void Parse_OddStructure_IsSaid(string text, string problem) => Assert.Equal(problem, Assert.Single(Parse(text).Problems));

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        var (documents, problems) = Parse(new string('[', 5000));
        Assert.Empty(documents);
        Assert.Equal("a.yaml:1:65: The text is nested deeper than 64 levels. Write it flatter.", Assert.Single(problems));
    }

    [Fact]
    public void Parse_TooLong_IsRefused() => Assert.Equal(
        "a.yaml:1:1: The text has 11 characters. Send at most 10 at once.", Assert.Single(Parse("kind: Other", new(10, 64, 100, 10)).Problems));

    [Fact]
    public void Parse_MergeKey_TakesFieldsThatAreNotWritten()
    {
        var (documents, problems) = Parse("kind: A\nbase: &b { x: 1, y: 2 }\nspec: { <<: *b, y: 3 }\n");
        Assert.Empty(problems);
        var spec = (ManifestMapping)documents[0].Root.Find("spec")!.Value;
        Assert.Equal(["y=3", "x=1"], spec.Entries.Select(e => $"{e.Name}={((ManifestScalar)e.Value).Text}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n---\n---\n")]
    [InlineData("\uFEFF---\n...\n")]
    public void Parse_NothingInIt_GivesNothing(string text)
    {
        var (documents, problems) = Parse(text);
        Assert.Empty(documents);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("a: &x \"{0}\"\nb: [*x, *x, *x, *x, *x]\n")]
    [InlineData("- kind: A\n  a: &x \"{0}\"\n  b: [*x, *x, *x, *x, *x]\n")]
    [InlineData("- &x {{ kind: A, text: \"{0}\" }}\n- *x\n- *x\n- *x\n- *x\n")]
    public void Parse_LongTextBehindManyAliases_IsRefusedBeforeItGrows(string form)
    {
        var (documents, problems) = Parse(string.Format(null, form, new string('x', 3000)), new(10_000, 64, 100_000, 10));
        Assert.Empty(documents);
        Assert.Contains("The document holds more than 10000 characters once its aliases are followed. Write it smaller.", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\n")]
    [InlineData("---\n: ]\n")]
    public void Parse_ManyEmptyOrBrokenDocuments_EndsAtTheLimit(string document)
    {
        var (documents, problems) = Parse(string.Concat(Enumerable.Repeat(document, 400_000)), new(16 * 1024 * 1024, 64, 100_000, 5000));
        Assert.Empty(documents);
        Assert.True(problems.Length <= 1001, $"{problems.Length} problems");
        Assert.Contains(problems, p => p.Contains("more than 5000 documents", StringComparison.Ordinal) || p.Contains("more problems", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_TextOfMistakes_SaysTheFirstOnesAndCountsTheRest()
    {
        var (_, problems) = Parse("kind: A\n" + string.Concat(Enumerable.Repeat("kind: A\n", 4000)));
        Assert.Equal(1001, problems.Length);
        Assert.Equal("There are 3000 more problems. Mend these first.", problems[^1]);
    }

    [Fact]
    public void Problems_LongText_IsShownByItsEnds()
    {
        var list = new ProblemList();
        list.Invalid(new string('a', 100_000) + "z", "", null, null);
        Assert.Equal(503, Assert.Single(list.Problems).What.Length);
        Assert.EndsWith("az", list.Problems[0].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: A\n\tb: 1\n", "This is not YAML")]
    [InlineData("a: *nowhere\n", "There is no anchor \"nowhere\" before this alias.")]
    [InlineData("a: &a [*a]\n", "The anchor \"a\" contains itself.")]
    [InlineData("? [x]\n: 1\n", "A field's name must be text.")]
    [InlineData("<<: 5\n", "<< takes the fields of a mapping.")]
    public void Parse_WhatYamlAllowsOrNot_IsSaidInWords(string text, string what) => Assert.Contains(what, Assert.Single(Parse(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void Parse_NorwayAndNumbers_StayTheTextThatWasWritten()
    {
        var (documents, problems) = Parse("metadata: { labels: { country: NO, on: yes, version: 1.10, octal: 0123, date: 2026-01-01, sexagesimal: 1:30 } }\r\n");
        Assert.Empty(problems);
        var labels = (ManifestMapping)((ManifestMapping)documents[0].Root.Find("metadata")!.Value).Find("labels")!.Value;
        Assert.Equal(["country=NO", "on=yes", "version=1.10", "octal=0123", "date=2026-01-01", "sexagesimal=1:30"], labels.Entries.Select(e => $"{e.Name}={((ManifestScalar)e.Value).Text}"));
    }

    [Fact]
    public void Parse_MutatedText_NeverThrows()
    {
        const string seed = "---\napiVersion: nines/v1\nkind: Service\nmetadata: { name: &n checkout, labels: {a: [b, 'c']} }\nspec:\n  text: |\n    x\n  other: >-\n    y\n  n: *n\n--- # two\n\"k\": \"\\u00e9\"\n";
        var random = new Random(20260117);
        for (var i = 0; i < 3000; i++)
        {
            var text = seed.ToCharArray().ToList();
            for (var n = random.Next(1, 8); n > 0; n--)
            {
                var at = random.Next(text.Count);
                if (random.Next(3) == 0) text.RemoveAt(at);
                else if (random.Next(2) == 0) text.Insert(at, (char)random.Next(0, 256));
                else text[at] = "{}[]:,&*!|>'\"%@`#-?\t\n\0\uD800\uFFFF "[random.Next(25)];
            }

            var parsed = Record.Exception(() => Parse(new string([.. text])));
            Assert.True(parsed is null, $"{parsed} for\n{new string([.. text])}");
        }
    }
}
