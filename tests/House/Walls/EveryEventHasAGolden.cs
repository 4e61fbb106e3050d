using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Kernel;

namespace Nines.Tests.House.Walls;

/// <summary>
/// Every event type has a golden JSON that still reads and writes the same: a journal written years ago stays readable.
/// And every event class is registered by its room.
/// </summary>
internal static class EveryEventHasAGolden
{
    public static IEnumerable<Violation> Check(IEnumerable<Type> events, Func<string, string?> golden)
    {
        foreach (var type in events)
        {
            var name = type.GetCustomAttribute<EventTypeAttribute>()!.Name;
            var file = $"Golden/{name}.json";
            if (golden(name) is not { } text) yield return new(type.Name, $"There is no {file} under tests/Unit.", "Write one event with every field set, as HouseJson writes it.");
            else if (Differs(type, text) is { } how) yield return new(file, how, "An event is additive and never renamed: mend the type, or make a new version of it.");
        }
    }

    public static IEnumerable<Violation> Unregistered(IEnumerable<Type> classes, IReadOnlyCollection<Type> registered) =>
        from type in classes
        where type.GetCustomAttribute<EventTypeAttribute>() is not null && !registered.Contains(type)
        select new Violation(type.Name, "No room registers this event.", $"Add room.Event<{type.Name}>() to its module.");

    private static string? Differs(Type type, string text)
    {
        try
        {
            var read = JsonSerializer.Deserialize(text, type, HouseJson.Options)!;
            var written = Encoding.UTF8.GetString(EventCatalog.Write(read).Span);
            return JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)) ? null : $"It reads, but is written as {written}.";
        }
        catch (JsonException e)
        {
            return $"It no longer reads: {e.Message}";
        }
    }
}

public class EveryEventHasAGoldenTests
{
    [EventType("planted.happened.v1")]
    private sealed record Planted(string Name, int Count);

    private static string? GoldenOf(string name) =>
        Repository.Texts.FirstOrDefault(f => f.Path.StartsWith("tests/Unit/", StringComparison.Ordinal) && f.Path.EndsWith($"/Golden/{name}.json", StringComparison.Ordinal))?.Text;

    [Fact]
    public void Events_OfEveryRoom_ReadAndWriteAsTheirGolden() =>
        Hold.Holds(EveryEventHasAGolden.Check(Product.Registrations.SelectMany(r => r.EventTypes), GoldenOf));

    [Fact]
    public void Events_OfTheProduct_AreRegistered() =>
        Hold.Holds(EveryEventHasAGolden.Unregistered(Product.Types, [.. Product.Registrations.SelectMany(r => r.EventTypes)]));

    [Fact]
    public void Check_PlantedEventWithoutGolden_IsFound() => Hold.Finds(
        "Planted: There is no Golden/planted.happened.v1.json under tests/Unit. Write one event with every field set, as HouseJson writes it.",
        EveryEventHasAGolden.Check([typeof(Planted)], _ => null));

    [Fact]
    public void Check_PlantedRenamedField_IsFound() => Hold.Finds(
        "Golden/planted.happened.v1.json: It reads, but is written as {\"name\":\"a\",\"count\":1}. An event is additive and never renamed: mend the type, or make a new version of it.",
        EveryEventHasAGolden.Check([typeof(Planted)], _ => "{\"name\":\"a\",\"count\":1,\"who\":\"b\"}"));

    [Fact]
    public void Check_PlantedMissingField_IsFound() =>
        Assert.StartsWith("Golden/planted.happened.v1.json: It no longer reads:", Assert.Single(EveryEventHasAGolden.Check([typeof(Planted)], _ => "{\"name\":\"a\"}")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Check_GoldenThatHolds_Passes() => Assert.Empty(EveryEventHasAGolden.Check([typeof(Planted)], _ => "{ \"count\": 1, \"name\": \"a\" }"));

    [Fact]
    public void Unregistered_PlantedEvent_IsFound() => Hold.Finds(
        "Planted: No room registers this event. Add room.Event<Planted>() to its module.",
        EveryEventHasAGolden.Unregistered([typeof(Planted), typeof(string)], []));
}
