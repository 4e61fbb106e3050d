using System.Collections.Frozen;

namespace Nines.Catalog;

/// <summary>
/// Who calls whom. A service names the services that it calls (<c>upstream</c>) and those that call it
/// (<c>downstream</c>); either side's word makes an edge, and a side that lists others but not this one contradicts it.
/// </summary>
public sealed class DependencyGraph
{
    private readonly FrozenDictionary<string, string[]> _calls;
    private readonly FrozenDictionary<string, string[]> _callers;

    private DependencyGraph(IReadOnlyCollection<(string Caller, string Called)> edges)
    {
        _calls = edges.GroupBy(e => e.Caller).ToFrozenDictionary(g => g.Key, g => g.Select(e => e.Called).Distinct().Order(StringComparer.Ordinal).ToArray());
        _callers = edges.GroupBy(e => e.Called).ToFrozenDictionary(g => g.Key, g => g.Select(e => e.Caller).Distinct().Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>The graph of some services.</summary>
    public static DependencyGraph Of(IEnumerable<Service> services) => new([.. services.SelectMany(s =>
        s.Upstream.Select(u => (s.Name, u)).Concat(s.Downstream.Select(d => (d, s.Name))))]);

    /// <summary>Services that this one calls.</summary>
    public IReadOnlyList<string> DependsOn(string service) => _calls.GetValueOrDefault(service) ?? [];

    /// <summary>Services that call this one.</summary>
    public IReadOnlyList<string> UsedBy(string service) => _callers.GetValueOrDefault(service) ?? [];

    /// <summary>Everything that fails when this service fails: its callers, their callers, and so on.</summary>
    public IReadOnlyList<string> AffectedBy(string service) => Reach(service, UsedBy);

    /// <summary>Everything that this service needs, directly or not.</summary>
    public IReadOnlyList<string> Needs(string service) => Reach(service, DependsOn);

    /// <summary>A way on which a service comes to need itself, the service at both ends; null where there is none.</summary>
    public IReadOnlyList<string>? CircleFrom(string service)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([service]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var next in DependsOn(at))
            {
                if (next == service) return WayBack(service, at, cameFrom);
                if (cameFrom.TryAdd(next, at)) queue.Enqueue(next);
            }
        }

        return null;
    }

    private static List<string> WayBack(string service, string last, Dictionary<string, string> cameFrom)
    {
        var way = new List<string> { service };
        for (var at = last; at != service; at = cameFrom[at]) way.Add(at);
        way.Add(service);
        way.Reverse();
        return way;
    }

    private static string[] Reach(string start, Func<string, IReadOnlyList<string>> next)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var at))
            foreach (var found in next(at))
                if (seen.Add(found)) queue.Enqueue(found);
        seen.Remove(start);
        return [.. seen.Order(StringComparer.Ordinal)];
    }
}
