namespace Nines.Tests.House.Walls;

/// <summary>Every room has a README beside its code and a page in <c>docs/</c>, reachable from the index.</summary>
internal static class EveryRoomIsDescribed
{
    public static IEnumerable<Violation> Check(IEnumerable<Room> rooms, Func<string, string?> page)
    {
        foreach (var room in rooms)
        {
            if (string.IsNullOrWhiteSpace(room.Readme))
                yield return new(room.Folder, "The room has no README.md.", "Write its promise in three lines, its words, and what it tells whom.");
            if (string.IsNullOrWhiteSpace(page(room.DocsPage)))
                yield return new(room.Folder, $"There is no {room.DocsPage}.", "Write: What it is, Quick start, How it works, Reference, Limits and errors.");
        }
    }
}

public class EveryRoomIsDescribedTests
{
    [Fact]
    public void Rooms_OfTheHouse_HaveReadmeAndDocsPage() =>
        Hold.Holds(EveryRoomIsDescribed.Check(Repository.Rooms, path => Repository.Texts.FirstOrDefault(f => f.Path == path)?.Text));

    [Fact]
    public void Check_PlantedRoomWithoutReadme_IsFound() => Hold.Finds(
        "src/1-x/X/OnCall: The room has no README.md. Write its promise in three lines, its words, and what it tells whom.",
        EveryRoomIsDescribed.Check([new("src/1-x/X/OnCall", "OnCall", 1, [], null)], _ => "# On call"));

    [Fact]
    public void Check_PlantedRoomWithoutDocsPage_IsFound() => Hold.Finds(
        "src/1-x/X/OnCall: There is no docs/on-call.md. Write: What it is, Quick start, How it works, Reference, Limits and errors.",
        EveryRoomIsDescribed.Check([new("src/1-x/X/OnCall", "OnCall", 1, [], "# On call")], _ => null));
}
