using System.Text.RegularExpressions;

namespace Nines.Tests.House.Walls;

/// <summary>Pure files see no SQL, HTTP, Razor, files, randomness or clock: <c>now</c> and ids are parameters.</summary>
internal static partial class PureFilesAreBlind
{
    public static IEnumerable<Violation> Check(IEnumerable<Room> rooms) =>
        from room in rooms
        from file in room.PureFiles
        from hit in file.Find(Sight())
        select new Violation(hit.Where, $"The pure file sees {hit.Found}.",
            $"Take the value as a parameter, move the code behind a door (Api, Cli, Ui, Manifests) or into a duty, or name the file under \"## Edges\" in {room.Folder}/README.md with the reason.");

    /// <summary>An edge that its README names and nobody needs any more.</summary>
    public static IEnumerable<Violation> Stale(IEnumerable<Room> rooms) =>
        from room in rooms
        from edge in room.Edges
        where !room.Files.Any(f => f.Name == edge)
        select new Violation($"{room.Folder}/README.md", $"The edge {edge} is no file of this room.", "Take it off the list.");

    [GeneratedRegex(@"\b(Microsoft\.AspNetCore\w*(\.\w+)*|System\.Net\.(Http|Sockets|Mail)|System\.Data|Npgsql|Sqlite\w*|HttpClient|HttpContext|HttpRequest|HttpResponse|IHttpClientFactory|IResult|RazorComponentResult|TimeProvider|SystemClock|Stopwatch|Environment|(?<![.\w])(File|Directory|FileStream|Random|RandomNumberGenerator|Guid)(?=\s*\.|\s*\()|DateTime(Offset)?\.(Utc)?Now|Task\.Delay)\b")]
    private static partial Regex Sight();
}

public class PureFilesAreBlindTests
{
    private static Room RoomOf(string? readme, params SourceFile[] files) => new("src/1-x/X/Rooms", "Rooms", 1, files, readme);

    [Fact]
    public void PureFiles_OfEveryRoom_SeeNoOuterWorld() => Hold.Holds(PureFilesAreBlind.Check(Repository.Rooms));

    [Fact]
    public void Edges_OfEveryRoom_AreFiles() => Hold.Holds(PureFilesAreBlind.Stale(Repository.Rooms));

    [Fact]
    public void Stale_PlantedEdge_IsFound() => Hold.Finds(
        "src/1-x/X/Rooms/README.md: The edge Gone.cs is no file of this room. Take it off the list.",
        PureFilesAreBlind.Stale([RoomOf("## Edges\n- `Gone.cs`: was here.\n", new SourceFile("src/1-x/X/Rooms/Burn.cs", ""))]));

    [Fact]
    public void Check_PlantedClockInAPureFile_IsFound() => Hold.Finds(
        "src/1-x/X/Rooms/Burn.cs:2: The pure file sees TimeProvider. Take the value as a parameter, move the code behind a door (Api, Cli, Ui, Manifests) or into a duty, or name the file under \"## Edges\" in src/1-x/X/Rooms/README.md with the reason.",
        PureFilesAreBlind.Check([RoomOf(null, new SourceFile("src/1-x/X/Rooms/Burn.cs", "// TimeProvider is told of in a comment\nclass Burn(TimeProvider clock) { string s = \"HttpClient\"; }"))]));

    [Theory]
    [InlineData("using Microsoft.AspNetCore.Http;")]
    [InlineData("class A(HttpClient http);")]
    [InlineData("var n = new Random(1);")]
    [InlineData("var t = File.ReadAllText(path);")]
    [InlineData("using Npgsql;")]
    public void Check_PlantedSight_IsFound(string code) =>
        Assert.Single(PureFilesAreBlind.Check([RoomOf(null, new SourceFile("src/1-x/X/Rooms/Burn.cs", code))]));

    [Theory]
    [InlineData("src/1-x/X/Rooms/RoomsModule.cs")]
    [InlineData("src/1-x/X/Rooms/OnRaised.cs")]
    [InlineData("src/1-x/X/Rooms/EvaluateDuty.cs")]
    [InlineData("src/1-x/X/Rooms/Api/RoomsApi.cs")]
    [InlineData("src/1-x/X/Rooms/Named.cs")]
    public void Check_WiringDoorsAndNamedEdges_MaySee(string path) =>
        Assert.Empty(PureFilesAreBlind.Check([RoomOf("# Rooms\n\n## Edges\n- `Named.cs`: reads the clock for its own log.\n", new SourceFile(path, "class A(HttpClient http);"))]));
}
