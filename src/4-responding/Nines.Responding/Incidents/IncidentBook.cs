using System.Collections.Immutable;

namespace Nines.Responding.Incidents;

/// <summary>Every incident that is kept, the open ones first found.</summary>
/// <param name="All">By id.</param>
/// <param name="Closed">Ids of those that are over, the oldest first.</param>
/// <param name="ByPage">A page to the open incident that it belongs to: of several, the one that had it first.</param>
/// <param name="Numbers">The last number given.</param>
public sealed record IncidentBook(
    ImmutableDictionary<string, Incident> All, ImmutableList<string> Closed, ImmutableDictionary<string, string> ByPage, int Numbers)
{
    /// <summary>So many that are over stay in memory as a whole; older ones are in the journal.</summary>
    public const int ClosedKept = 1_000;

    /// <summary>Those that only the journal has as a whole, by id.</summary>
    public ImmutableDictionary<string, OldIncident> Old { get; init; } = ImmutableDictionary<string, OldIncident>.Empty;

    /// <summary>No incident yet.</summary>
    public static IncidentBook None { get; } = new(ImmutableDictionary<string, Incident>.Empty, [], ImmutableDictionary<string, string>.Empty, 0);

    /// <summary>Those that are not over, the worst and oldest first.</summary>
    public IEnumerable<Incident> Open => All.Values.Where(i => i.Open).OrderBy(i => i.Severity).ThenBy(i => i.Number);

    /// <summary>The incident of that id or number (<c>INC-12</c>, <c>12</c>); null for none.</summary>
    public Incident? Find(string name)
    {
        if (All.TryGetValue(name, out var incident)) return incident;
        return NumberOf(name) is { } number ? All.Values.FirstOrDefault(i => i.Number == number) : null;
    }

    /// <summary>The old one of that id or number; null for none.</summary>
    public OldIncident? FindOld(string name)
    {
        if (Old.TryGetValue(name, out var old)) return old;
        return NumberOf(name) is { } number ? Old.Values.FirstOrDefault(i => i.Number == number) : null;
    }

    /// <summary>The open incident of a page; null for none.</summary>
    public Incident? OfPage(string page) => ByPage.TryGetValue(page, out var id) ? All.GetValueOrDefault(id) : null;

    internal IncidentBook With(Incident incident)
    {
        var next = this with { All = All.SetItem(incident.Id, incident), Numbers = Math.Max(Numbers, incident.Number) };
        return next with { ByPage = incident.Open ? Take(incident) : next.GiveUp(incident) };
    }

    // What another open incident has stays there: one that is open again does not take it back.
    private ImmutableDictionary<string, string> Take(Incident incident) =>
        incident.Pages.Aggregate(ByPage, (all, page) => all.ContainsKey(page) ? all : all.Add(page, incident.Id));

    private ImmutableDictionary<string, string> GiveUp(Incident incident) =>
        incident.Pages.Where(p => ByPage.GetValueOrDefault(p) == incident.Id).Aggregate(ByPage, (all, page) =>
            All.Values.Where(i => i.Open && i.Pages.Contains(page)).MinBy(i => i.Number) is { } other ? all.SetItem(page, other.Id) : all.Remove(page));

    /// <summary>Pages go over to a part that is an incident of its own now.</summary>
    internal IncidentBook Move(IEnumerable<string> pages, string into) => this with { ByPage = ByPage.SetItems(pages.Select(p => KeyValuePair.Create(p, into))) };

    internal IncidentBook Change(string id, Func<Incident, Incident> change) => All.TryGetValue(id, out var incident) ? With(change(incident)) : this;

    /// <summary>It is over, by the entry at that position: the oldest that is over is left to the journal where there are too many.</summary>
    internal IncidentBook Close(string id, long position, Func<Incident, Incident> change)
    {
        if (!All.TryGetValue(id, out var incident) || !incident.Open) return this;
        var next = With(change(incident)) with { Closed = Closed.Add(id) };
        if (next.Closed.Count <= ClosedKept) return next;
        var left = next.All[next.Closed[0]];
        return next with
        {
            All = next.All.Remove(left.Id),
            Closed = next.Closed.RemoveAt(0),
            Old = Old.SetItem(left.Id, new(left.Id, left.Number, left.Title, left.Services, left.DeclaredAt, left.Cause, left.Helped, position - 1)),
        };
    }

    internal IncidentBook Reopen(string id, Func<Incident, Incident> change) => All.TryGetValue(id, out var incident) && incident.ResolvedAt is not null
        ? With(change(incident)) with { Closed = Closed.Remove(id) }
        : this;

    private static int? NumberOf(string name) => int.TryParse(name.StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name, out var number) ? number : null;
}
