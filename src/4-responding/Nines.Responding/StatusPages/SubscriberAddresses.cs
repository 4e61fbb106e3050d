using System.Collections.Concurrent;
using Nines.Kernel;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Addresses of subscribers, opened with their own keys. They stand in memory only: the journal has them sealed, so that whoever
/// is told no more is forgotten by deleting a key.
/// </summary>
public sealed class SubscriberAddresses(IPersonKeys keys)
{
    private readonly ConcurrentDictionary<string, (string Sealed, string? Plain)> _opened = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Index> _indexes = new(StringComparer.Ordinal);

    /// <summary>Name of a subscriber's key.</summary>
    public static string KeyOf(string id) => "subscriber:" + id;

    /// <summary>Where somebody is told; null where their key is gone.</summary>
    public string? Open(Subscriber subscriber)
    {
        if (_opened.TryGetValue(subscriber.Id, out var known) && known.Sealed == subscriber.Address) return known.Plain;
        var plain = PersonSeal.Open(keys.Find(KeyOf(subscriber.Id)), subscriber.Address);
        _opened[subscriber.Id] = (subscriber.Address, plain);
        return plain;
    }

    /// <summary>Who of a page has an address; null for nobody.</summary>
    public Subscriber? Find(string name, PublishedPage page, SubscriberKind kind, string address)
    {
        var index = _indexes.GetValueOrDefault(name);
        if (index is null || !ReferenceEquals(index.Of, page.Subscribers)) _indexes[name] = index = Build(page);
        return index.Ids.TryGetValue((kind, address), out var id) ? page.Subscribers.GetValueOrDefault(id) : null;
    }

    /// <summary>Forgets somebody.</summary>
    public async Task EraseAsync(string id, CancellationToken stop)
    {
        _opened.TryRemove(id, out _);
        await keys.EraseAsync(KeyOf(id), stop);
    }

    private Index Build(PublishedPage page)
    {
        var ids = new Dictionary<(SubscriberKind, string), string>(page.Subscribers.Count);
        foreach (var one in page.Subscribers.Values)
            if (Open(one) is { } address) ids[(one.Kind, address)] = one.Id;
        return new(page.Subscribers, ids);
    }

    private sealed record Index(object Of, Dictionary<(SubscriberKind, string), string> Ids);
}
