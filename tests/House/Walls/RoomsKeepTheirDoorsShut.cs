using System.Text.RegularExpressions;

namespace Nines.Tests.House.Walls;

/// <summary>
/// Rooms on one floor use each other's public types only, never their doors. One assembly holds the whole floor, so the
/// compiler does not keep this wall: a name declared in another room's door, or not public there, may not be used here.
/// </summary>
internal static class RoomsKeepTheirDoorsShut
{
    public static IEnumerable<Violation> Check(IReadOnlyList<Room> rooms)
    {
        var declared = rooms.SelectMany(room => room.Files.Where(f => f.IsCSharp).SelectMany(f => CodeShape.Types(f).Select(t => (t.Name, t.Public, Room: room, Door: room.IsDoor(f)))))
            .ToLookup(d => (d.Room.Floor, d.Name));
        foreach (var room in rooms)
            foreach (var file in room.Files)
                foreach (var (name, line) in file.Names())
                {
                    var owners = declared[(room.Floor, name)].ToArray();
                    // A name that this room declares too, or that is open somewhere, cannot be told apart by name: it passes.
                    if (owners.Length == 0 || owners.Any(o => o.Room == room || (o.Public && !o.Door)) || !UsedAsType(file.Code, name)) continue;
                    var owner = owners[0];
                    yield return new($"{file.Path}:{line}", $"{room.Name} uses {name}, {(owner.Door ? "a door" : "not a public type")} of {owner.Room.Name}.",
                        "Use a public type at that room's root, or move what both need to a floor below.");
                }
    }

    /// <summary>True where the name stands for a type, not for a member of the same name.</summary>
    private static bool UsedAsType(string code, string name) =>
        Regex.IsMatch(code, $@"\bnew\s+{name}\b|(?<![.\w]){name}(<[^;{{}}]*>)?\??(\[\])?\s+[a-z_]\w*\s*[,;)=({{]|<\s*{name}\s*[>,]|,\s*{name}\s*>|:\s*{name}\s*[,{{;(]|\b(typeof|nameof)\({name}\)")
        || (Regex.IsMatch(code, $@"(?<![.\w]){name}\.[A-Z]") && !Regex.IsMatch(code, $@"\b{name}\s*({{|=>|=[^=]|;|,|\))"));
}

public class RoomsKeepTheirDoorsShutTests
{
    private static Room RoomOf(string name, params (string File, string Code)[] files) =>
        new($"src/1-x/X/{name}", name, 1, [.. files.Select(f => new SourceFile($"src/1-x/X/{name}/{f.File}", f.Code))], null);

    [Fact]
    public void Rooms_OfOneFloor_UseOnlyPublicTypesOfEachOther() => Hold.Holds(RoomsKeepTheirDoorsShut.Check(Repository.Rooms));

    [Fact]
    public void Check_PlantedUseOfADoor_IsFound() => Hold.Finds(
        "src/1-x/X/Signals/Hub.cs:1: Signals uses SloPage, a door of Objectives. Use a public type at that room's root, or move what both need to a floor below.",
        RoomsKeepTheirDoorsShut.Check([
            RoomOf("Signals", ("Hub.cs", "class Hub(SloPage page);")), RoomOf("Objectives", ("Ui/SloPage.cs", "public sealed class SloPage;"))]));

    [Fact]
    public void Check_PlantedUseOfAnInternalType_IsFound() => Hold.Finds(
        "src/1-x/X/Signals/Hub.cs:1: Signals uses Ring, not a public type of Objectives. Use a public type at that room's root, or move what both need to a floor below.",
        RoomsKeepTheirDoorsShut.Check([
            RoomOf("Signals", ("Hub.cs", "class Hub(Ring ring);")), RoomOf("Objectives", ("Ring.cs", "internal sealed class Ring;"))]));

    [Theory]
    [InlineData("class Hub { void A() { Ring.Start(); } }")]
    [InlineData("class Hub { List<Ring> a; }")]
    [InlineData("class Hub { object a = new Ring(3); }")]
    [InlineData("class Hub : Ring { }")]
    public void Check_PlantedUseOfEveryForm_IsFound(string code) => Assert.Single(RoomsKeepTheirDoorsShut.Check([
        RoomOf("Signals", ("Hub.cs", code)), RoomOf("Objectives", ("Ring.cs", "internal sealed class Ring;"))]));

    [Fact]
    public void Check_MemberOfTheSameName_Passes() => Assert.Empty(RoomsKeepTheirDoorsShut.Check([
        RoomOf("Signals", ("Hub.cs", "class Hub { int Ring { get; } int A => Ring.GetHashCode() + other.Ring; }")), RoomOf("Objectives", ("Ring.cs", "internal sealed class Ring;"))]));

    [Fact]
    public void Check_UseOfAPublicType_Passes() => Assert.Empty(RoomsKeepTheirDoorsShut.Check([
        RoomOf("Signals", ("Hub.cs", "class Hub(Ring ring);")), RoomOf("Objectives", ("Ring.cs", "public sealed class Ring;"))]));
}
