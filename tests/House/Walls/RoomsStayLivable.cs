using Xunit.Abstractions;

namespace Nines.Tests.House.Walls;

/// <summary>A file has 400 lines at most, a function 60. The aims (median and 90th percentile) are printed as figures.</summary>
internal static class RoomsStayLivable
{
    public const int LongestFile = 400;
    public const int LongestFunction = 60;

    public static IEnumerable<Violation> Files(IEnumerable<SourceFile> sources) =>
        from file in sources
        where file.Lines > LongestFile
        select new Violation(file.Path, $"The file has {file.Lines} lines.", $"One idea a file; {LongestFile} lines at most.");

    public static IEnumerable<Violation> Functions(IEnumerable<SourceFile> sources) =>
        from file in sources
        where file.IsCSharp
        from function in CodeShape.Functions(file)
        where function.Lines > LongestFunction
        select new Violation($"{file.Path}:{function.Line}", $"The function {function.Signature} has {function.Lines} lines.", $"{LongestFunction} lines at most; name its parts.");

    /// <summary>Median, 90th percentile and maximum.</summary>
    public static string Figures(IEnumerable<int> sizes)
    {
        var sorted = sizes.Order().ToArray();
        return sorted.Length == 0 ? "none" : $"{sorted.Length}: median {sorted[sorted.Length / 2]}, p90 {sorted[(int)(sorted.Length * 0.9)]}, longest {sorted[^1]}";
    }
}

public class RoomsStayLivableTests(ITestOutputHelper output)
{
    private static IEnumerable<SourceFile> Written => Repository.Texts.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal) || f.Path.EndsWith(".razor", StringComparison.Ordinal));

    [Fact]
    public void Files_OfTheRepository_AreShort()
    {
        output.WriteLine("files (aim 60, 200, 400): " + RoomsStayLivable.Figures(Repository.Sources.Select(f => f.Lines)));
        Hold.Holds(RoomsStayLivable.Files(Written));
    }

    [Fact]
    public void Functions_OfTheRepository_AreShort()
    {
        output.WriteLine("functions (aim 8, 25, 60): " + RoomsStayLivable.Figures(Repository.Sources.Where(f => f.IsCSharp).SelectMany(CodeShape.Functions).Select(f => f.Lines)));
        Hold.Holds(RoomsStayLivable.Functions(Written));
    }

    [Fact]
    public void Files_PlantedLongFile_IsFound() => Hold.Finds(
        "src/1-x/A.cs: The file has 401 lines. One idea a file; 400 lines at most.",
        RoomsStayLivable.Files([new("src/1-x/A.cs", string.Concat(Enumerable.Repeat("// line\n", 401))), new("src/1-x/B.cs", string.Concat(Enumerable.Repeat("// line\n", 400)))]));

    [Theory]
    [InlineData("int Long(int a = 1)\n{", "}", "int Long(int a = 1)")]
    [InlineData("int Long() => Sum(", ");", "int Long()")]
    [InlineData("int Long\n{\nget {", "}\n}", "int Long get")]
    [InlineData("public static bool operator ==(A a, A b)\n{", "}", "public static bool operator ==(A a, A b)")]
    public void Functions_PlantedLongFunction_IsFound(string head, string tail, string signature)
    {
        var text = $"namespace N;\n[X]\npublic sealed class A<T>(int x) : B(x) where T : class\n{{\nint[] table = [\n{Filling(80)}];\n[Y(Z = 1)]\n{head}\n{Filling(60)}{tail}\nint Short() {{ return $\"{{x}}}}\"; }}\n}}\n";
        var found = Assert.Single(RoomsStayLivable.Functions([new("src/1-x/A.cs", text)]));
        Assert.StartsWith($"The function {signature} has 6", found.What, StringComparison.Ordinal);
    }

    private static string Filling(int lines) => string.Concat(Enumerable.Repeat("1,\n", lines));
}
