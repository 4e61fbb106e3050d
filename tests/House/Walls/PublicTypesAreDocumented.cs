namespace Nines.Tests.House.Walls;

/// <summary>Every public type says in a summary what it is for; of a partial type one part does.</summary>
internal static class PublicTypesAreDocumented
{
    public static IEnumerable<Violation> Check(IEnumerable<SourceFile> sources)
    {
        var types = sources.Where(f => f.IsCSharp).SelectMany(f => CodeShape.Types(f).Select(t => (File: f, Type: t))).ToArray();
        var told = types.Where(t => t.Type is { Partial: true, Documented: true }).Select(t => (t.File.Folder, t.Type.Name)).ToHashSet();
        return from t in types
               where t.Type.Public && !t.Type.Documented && !told.Contains((t.File.Folder, t.Type.Name))
               select new Violation($"{t.File.Path}:{t.Type.Line}", $"The public type {t.Type.Name} has no summary.", "Say what it is for, or make it internal.");
    }
}

public class PublicTypesAreDocumentedTests
{
    [Fact]
    public void PublicTypes_OfTheProduct_HaveASummary() => Hold.Holds(PublicTypesAreDocumented.Check(Repository.Sources));

    [Fact]
    public void Check_PlantedTypeWithoutSummary_IsFound() => Hold.Finds(
        "src/1-x/A.cs:4: The public type B has no summary. Say what it is for, or make it internal.",
        PublicTypesAreDocumented.Check([new("src/1-x/A.cs", "/// <summary>Told.</summary>\n[Named(\"a\")]\npublic sealed class A;\npublic readonly record struct B(int X);\ninternal enum C { D }\n")]));
}
