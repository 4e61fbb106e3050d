using Nines.Catalog.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

public class ExamplesTests
{
    public static IEnumerable<object[]> Kinds => ManifestReading.Kinds.All.Select(k => new object[] { k.ApiVersion, k.Kind });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Example_OfEveryKind_ValidatesStrictly(string apiVersion, string kind)
    {
        var known = ManifestReading.Kinds.Find(apiVersion, kind)!;
        var document = Assert.Single(ManifestParser.Parse(known.Example, "a.yaml", new()));
        Assert.Equal((apiVersion, kind), (document.ApiVersion, document.Kind));
        var problems = ManifestReading.Kinds.Compile(document, Strictness.Strict).Problems;
        Assert.Empty(problems);
    }

    [Fact]
    public void ExamplesTogether_HaveNoErrors()
    {
        var all = string.Join("---\n", ManifestReading.Kinds.All.Select(k => k.Example));
        // Examples name neighbours that the reader is to write; nothing else may be wrong.
        var errors = ManifestReading.Errors(all).Where(e => !e.Contains("There is no ", StringComparison.Ordinal));
        Assert.Empty(errors);
    }
}
