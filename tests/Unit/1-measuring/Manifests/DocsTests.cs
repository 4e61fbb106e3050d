using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Nines.Catalog.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

/// <summary>What the pages show is what Nines takes.</summary>
public class DocsTests
{
    [Theory]
    [InlineData("manifests.md")]
    [InlineData("catalog.md")]
    public void Manifests_OnThePage_Validate(string page)
    {
        var blocks = Blocks(page);
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            var problems = new ProblemList(Strictness.Strict);
            var documents = ManifestParser.Parse(block, page, problems);
            Assert.NotEmpty(documents);
            problems.AddRange(documents.SelectMany(d => ManifestReading.Kinds.Compile(d, Strictness.Strict).Problems));
            Assert.Empty(problems.Problems);
        }
    }

    [Fact]
    public void Page_OfManifests_ShowsTheExampleOfEachKindItDescribes()
    {
        var blocks = Blocks("manifests.md").Select(b => b.Trim()).ToHashSet();
        foreach (var kind in ManifestReading.Kinds.All.Where(k => Page("manifests.md").Contains($"#### `{k.ApiVersion}` {k.Kind}\n", StringComparison.Ordinal)))
            Assert.True(blocks.Contains(kind.Example.Trim()), $"docs/manifests.md shows another example of {kind.Kind} than nines explain.");
    }

    private static string[] Blocks(string page) => [.. Regex.Matches(Page(page), "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    private static string Page(string page, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", page));
}
