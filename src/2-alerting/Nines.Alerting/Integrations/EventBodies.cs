using Nines.Kernel;

namespace Nines.Alerting.Integrations;

/// <summary>Reads a body of whatever type by an integration's mapping.</summary>
internal static class EventBodies
{
    /// <summary>The events, or every problem.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(Integration from, ReadOnlyMemory<byte> body, string type, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var json = new SentJson();
        return SentBody.Read(json, body, type, query) is { } root
            ? MappedEvents.Read(json, root, from.Mapping ?? EventMapping.Automatic)
            : Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems);
    }
}
