using System.Text.RegularExpressions;

namespace Nines.Tests.House.Walls;

/// <summary>
/// Clock, threads, timers and randomness enter at few named edges. The analyzer holds the banned names while typing;
/// this wall also sees a warning switched off, and names that the analyzer's list cannot say.
/// </summary>
internal static partial class TheClockComesFromOutside
{
    /// <summary>The edges, each with its reason.</summary>
    public static IReadOnlyDictionary<string, string> Edges { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["src/8-host/Nines/Program.cs"] = "the process begins here: the one place that takes the system's clock",
        ["src/8-host/Nines/Simulation/SideBySide.cs"] = "worlds know nothing of each other: one thread a core takes the next; each world runs on one",
        ["src/0-ground/Nines.Storage/Postgres/PgNotices.cs"] = "waits a second before it connects again to a real server; nothing simulated stands behind it",
    };

    public static IEnumerable<Violation> Check(IEnumerable<SourceFile> sources, IReadOnlyDictionary<string, string> edges)
    {
        foreach (var file in sources.Where(f => !edges.ContainsKey(f.Path)))
        {
            foreach (var (found, where) in file.Find(Banned())) yield return new(where, $"The code uses {found}.", "Take TimeProvider, IdSource or a Duty from outside, or name the file as an edge in tests/House with its reason.");
            foreach (Match off in SwitchedOff().Matches(file.Text))
                yield return new($"{file.Path}:{file.LineAt(off.Index)}", "The ban is switched off here.", "Name the file as an edge in tests/House with its reason.");
        }
    }

    public static IEnumerable<Violation> Stale(IReadOnlyDictionary<string, string> edges, IReadOnlyList<string> files) =>
        from edge in edges.Keys
        where !files.Contains(edge)
        select new Violation(edge, "This edge is no file.", "Take it off the list.");

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?Now|DateTime\.Today|TimeProvider\.System|SystemClock\.Instance|Environment\.TickCount(64)?|Random\.Shared|Guid\.NewGuid|Task\.Run|Parallel\.\w+|new\s+(System\.Threading\.)?(Thread|Timer|PeriodicTimer)|Thread\.Sleep|ThreadPool\.\w+|ConfigureAwait)\b")]
    private static partial Regex Banned();

    [GeneratedRegex(@"#pragma\s+warning\s+disable[^\n]*\bRS0030\b|SuppressMessage\([^)]*RS0030")]
    private static partial Regex SwitchedOff();
}

public class TheClockComesFromOutsideTests
{
    private static readonly Dictionary<string, string> NoEdges = [];

    [Fact]
    public void Sources_OutsideTheEdges_UseNoBannedName() => Hold.Holds(TheClockComesFromOutside.Check(Repository.Sources, TheClockComesFromOutside.Edges));

    [Fact]
    public void Edges_OfTheList_AreFiles() => Hold.Holds(TheClockComesFromOutside.Stale(TheClockComesFromOutside.Edges, Repository.Files));

    [Fact]
    public void Check_PlantedClock_IsFound() => Hold.Finds(
        "src/1-x/A.cs:1: The code uses TimeProvider.System. Take TimeProvider, IdSource or a Duty from outside, or name the file as an edge in tests/House with its reason.",
        TheClockComesFromOutside.Check([new("src/1-x/A.cs", "var a = TimeProvider.System; // DateTime.Now")], NoEdges));

    [Fact]
    public void Check_PlantedSuppression_IsFound() => Hold.Finds(
        "src/1-x/A.cs:2: The ban is switched off here. Name the file as an edge in tests/House with its reason.",
        TheClockComesFromOutside.Check([new("src/1-x/A.cs", "// start\n#pragma warning disable RS0030\n")], NoEdges));

    [Fact]
    public void Stale_PlantedEdge_IsFound() => Hold.Finds(
        "src/gone.cs: This edge is no file. Take it off the list.",
        TheClockComesFromOutside.Stale(new Dictionary<string, string> { ["src/gone.cs"] = "" }, []));
}
