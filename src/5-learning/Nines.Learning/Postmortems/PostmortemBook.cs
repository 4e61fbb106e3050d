using System.Collections.Immutable;

namespace Nines.Learning.Postmortems;

/// <summary>Every postmortem that is kept.</summary>
/// <param name="All">By the incident's id.</param>
/// <param name="Finals">Ids of those that are final, the oldest first.</param>
public sealed record PostmortemBook(ImmutableDictionary<string, Postmortem> All, ImmutableList<string> Finals)
{
    /// <summary>So many that are final stay in memory; older ones are in the journal.</summary>
    public const int FinalsKept = 1_000;

    /// <summary>No postmortem yet.</summary>
    public static PostmortemBook None { get; } = new(ImmutableDictionary<string, Postmortem>.Empty, []);

    /// <summary>Those on which somebody has to work, the oldest first.</summary>
    public IEnumerable<Postmortem> Open => All.Values.Where(p => p.Open).OrderBy(p => p.Number);

    /// <summary>The postmortem of that id or number (<c>PM-12</c>, <c>INC-12</c>, <c>12</c>); null for none.</summary>
    public Postmortem? Find(string name)
    {
        if (All.TryGetValue(name, out var postmortem)) return postmortem;
        var digits = name.StartsWith("PM-", StringComparison.OrdinalIgnoreCase) ? name[3..] : name.StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(p => p.Number == number) : null;
    }

    internal PostmortemBook With(Postmortem postmortem) => this with { All = All.SetItem(postmortem.Id, postmortem) };

    internal PostmortemBook Change(string id, Func<Postmortem, Postmortem> change) => All.TryGetValue(id, out var postmortem) ? With(change(postmortem)) : this;

    /// <summary>It is final: the oldest that is final is left to the journal where there are too many.</summary>
    internal PostmortemBook Finish(string id, Func<Postmortem, Postmortem> change)
    {
        if (!All.TryGetValue(id, out var postmortem)) return this;
        var next = With(change(postmortem)) with { Finals = Finals.Remove(id).Add(id) };
        return next.Finals.Count <= FinalsKept ? next : next with { All = next.All.Remove(next.Finals[0]), Finals = next.Finals.RemoveAt(0) };
    }
}
