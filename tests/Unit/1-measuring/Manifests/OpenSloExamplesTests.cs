using System.Runtime.CompilerServices;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

public class OpenSloExamplesTests
{
    public static IEnumerable<object[]> Examples => Directory.EnumerateFiles(Folder(), "*.yaml").Order().Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_ReadLeniently_ValidatesWithAFindingForEachDeparture(string name)
    {
        var set = Read(name, Strictness.Lenient);
        Assert.DoesNotContain(set.Problems, p => p.IsError);
        var expected = File.ReadAllLines(Path.Combine(Folder(), name + ".findings.txt"));
        Assert.Equal(expected, set.Problems.Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_ReadStrictly_SaysTheSameAndRefusesDepartures(string name)
    {
        var (lenient, strict) = (Read(name, Strictness.Lenient), Read(name, Strictness.Strict));
        // An error hides what only a compiled objective shows (outage time of the shipped policy); nothing else may be missing.
        var said = strict.Problems.Select(Place).ToHashSet();
        Assert.All(lenient.Problems.Where(p => !p.What.StartsWith("A total outage", StringComparison.Ordinal)), p => Assert.Contains(Place(p), said));
        Assert.All(lenient.Problems.Where(IsDeparture), p => Assert.Contains(strict.Problems, s => s.IsError && Place(s) == Place(p)));
    }

    /// <summary>Facts about Nines or the catalog, not departures from OpenSLO: strict reading leaves them findings.</summary>
    private static bool IsDeparture(Problem p) =>
        !p.What.StartsWith("A total outage", StringComparison.Ordinal) && !p.What.StartsWith("Nines does not read", StringComparison.Ordinal)
        && !p.What.StartsWith("There is no service", StringComparison.Ordinal) && !p.What.StartsWith("The severity", StringComparison.Ordinal)
        && !p.What.StartsWith("No DataSource says", StringComparison.Ordinal);

    private static string Place(Problem p) => $"{p.Place} {p.Path}";

    private static ManifestSet Read(string name, Strictness strictness)
    {
        var problems = new ProblemList(strictness);
        var documents = ManifestParser.Parse(File.ReadAllText(Path.Combine(Folder(), name + ".yaml")), name, problems);
        Assert.NotEmpty(documents);
        Assert.Empty(problems.Problems);
        return ManifestSet.Build(documents.Select(d => ManifestReading.Kinds.Compile(d, strictness)), whole: false, strictness);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "openslo");
}
