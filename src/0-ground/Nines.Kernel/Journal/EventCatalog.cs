using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Nines.Kernel;

/// <summary>Every event type that this build knows, by name and by class, and their JSON form.</summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, Type> _byName;
    private readonly FrozenDictionary<Type, string> _byType;

    /// <summary>Collects the types; a name used twice or a class without a name is a mistake found at start.</summary>
    public EventCatalog(IEnumerable<Type> types)
    {
        var pairs = types.Distinct().Select(t => (Type: t, NameOf(t))).ToArray();
        var twice = pairs.GroupBy(p => p.Item2).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"Event type \"{twice.Key}\" is claimed by {string.Join(" and ", twice.Select(p => p.Type.Name))}.");
        _byName = pairs.ToFrozenDictionary(p => p.Item2, p => p.Type);
        _byType = pairs.ToFrozenDictionary(p => p.Type, p => p.Item2);
    }

    /// <summary>All known types.</summary>
    public IEnumerable<Type> Types => _byType.Keys;

    /// <summary>The journal's name of an event.</summary>
    public string NameFor(object happened) => _byType.TryGetValue(happened.GetType(), out var name)
        ? name
        : throw new InvalidOperationException($"{happened.GetType().Name} is not registered: add Events<{happened.GetType().Name}>() to its module.");

    /// <summary>The event as JSON.</summary>
    public static ReadOnlyMemory<byte> Write(object happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), HouseJson.Options);

    /// <summary>The event back from JSON, or null for a type that this build does not know.</summary>
    public object? Read(string name, ReadOnlyMemory<byte> data) => _byName.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(data.Span, type, HouseJson.Options)
        : null;

    private static string NameOf(Type type) => type.GetCustomAttribute<EventTypeAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type.Name} has no [EventType(\"room.what.v1\")].");
}
