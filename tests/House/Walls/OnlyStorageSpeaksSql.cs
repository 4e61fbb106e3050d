using System.Text.RegularExpressions;

namespace Nines.Tests.House.Walls;

/// <summary>Only Storage speaks SQL: elsewhere no driver is named, no statement is written, no package is referenced.</summary>
internal static partial class OnlyStorageSpeaksSql
{
    private const string Home = "src/0-ground/Nines.Storage/";
    private const string Instead = "Ask the journal or the signal store (Nines.Kernel); SQL lives in Nines.Storage.";

    public static IEnumerable<Violation> InSources(IEnumerable<SourceFile> sources)
    {
        foreach (var file in sources.Where(f => !f.Path.StartsWith(Home, StringComparison.Ordinal)))
        {
            foreach (var (found, where) in file.Find(Driver())) yield return new(where, $"The code names {found}.", Instead);
            foreach (Match statement in Statement().Matches(file.Text))
                yield return new($"{file.Path}:{file.LineAt(statement.Index)}", "The code holds an SQL statement.", Instead);
        }
    }

    public static IEnumerable<Violation> InProjects(IEnumerable<Project> projects) =>
        from project in projects
        where !project.Path.StartsWith(Home, StringComparison.Ordinal)
        from package in project.Packages
        where Driver().IsMatch(package)
        select new Violation(project.Path, $"The project references {package}.", Instead);

    [GeneratedRegex(@"\b(Microsoft\.Data\.Sqlite|System\.Data(\.\w+)?|SQLitePCL(Raw)?|Npgsql\w*|Sqlite(Connection|Command)|Db(Connection|Command))\b")]
    private static partial Regex Driver();

    [GeneratedRegex("\"+\\s*(select\\s[^\"]+\\sfrom\\s|insert\\s+(or\\s+\\w+\\s+)?into\\s|update\\s+\\w+\\s+set\\s|delete\\s+from\\s|create\\s+(table|index|unique)\\s|pragma\\s+\\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Statement();
}

public class OnlyStorageSpeaksSqlTests
{
    [Fact]
    public void Sources_OutsideStorage_SpeakNoSql() => Hold.Holds(OnlyStorageSpeaksSql.InSources(Repository.Sources));

    [Fact]
    public void Projects_OutsideStorage_ReferenceNoDriver() => Hold.Holds(OnlyStorageSpeaksSql.InProjects(Repository.Projects));

    [Fact]
    public void InSources_PlantedDriver_IsFound() => Hold.Finds(
        "src/1-x/A.cs:2: The code names Npgsql. Ask the journal or the signal store (Nines.Kernel); SQL lives in Nines.Storage.",
        OnlyStorageSpeaksSql.InSources([new("src/1-x/A.cs", "// Npgsql in a comment is prose\nusing Npgsql;\n")]));

    [Fact]
    public void InSources_PlantedStatement_IsFound() => Hold.Finds(
        "src/1-x/A.cs:1: The code holds an SQL statement. Ask the journal or the signal store (Nines.Kernel); SQL lives in Nines.Storage.",
        OnlyStorageSpeaksSql.InSources([new("src/1-x/A.cs", "var s = \"SELECT data FROM journal\"; var t = \"select one from here, please\";".Split(';')[0])]));

    [Fact]
    public void InProjects_PlantedPackage_IsFound() => Hold.Finds(
        "src/1-x/X/X.csproj: The project references Npgsql. Ask the journal or the signal store (Nines.Kernel); SQL lives in Nines.Storage.",
        OnlyStorageSpeaksSql.InProjects([new("src/1-x/X/X.csproj", "X", 1, [], ["NodaTime", "Npgsql"])]));
}
