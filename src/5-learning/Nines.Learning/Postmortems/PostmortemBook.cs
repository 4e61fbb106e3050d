using System.Collections.Immutable;

namespace Nines.Learning.Postmortems;

/// <summary>Every postmortem that is kept.</summary>
/// <param name="All">By the incident's id.</param>
/// <param name="Finals">Ids of those that are final, the oldest first.</param>
public sealed record PostmortemBook(ImmutableDictionary<string, Postmortem> All, ImmutableList<string> Finals)
{
    /// <summary>So many that are final stay in memory as a whole; older ones are in the journal.</summary>
    public const int FinalsKept = 1_000;

    /// <summary>Those that only the journal has as a whole, by the incident's id.</summary>
    public ImmutableDictionary<string, OldPostmortem> Old { get; init; } = ImmutableDictionary<string, OldPostmortem>.Empty;

    /// <summary>No postmortem yet.</summary>
    public static PostmortemBook None { get; } = new(ImmutableDictionary<string, Postmortem>.Empty, []);

    /// <summary>Those on which somebody has to work, the oldest first.</summary>
    public IEnumerable<Postmortem> Open => All.Values.Where(p => p.Open).OrderBy(p => p.Number);

    /// <summary>The postmortem of that id or number (<c>PM-12</c>, <c>INC-12</c>, <c>12</c>); null for none.</summary>
    public Postmortem? Find(string name)
    {
        if (All.TryGetValue(name, out var postmortem)) return postmortem;
        return NumberOf(name) is { } number ? All.Values.FirstOrDefault(p => p.Number == number) : null;
    }

    /// <summary>The old one of that id or number; null for none.</summary>
    public OldPostmortem? FindOld(string name)
    {
        if (Old.TryGetValue(name, out var old)) return old;
        return NumberOf(name) is { } number ? Old.Values.FirstOrDefault(p => p.Number == number) : null;
    }

    internal PostmortemBook With(Postmortem postmortem) => this with { All = All.SetItem(postmortem.Id, postmortem) };

    internal PostmortemBook Change(string id, Func<Postmortem, Postmortem> change) => All.TryGetValue(id, out var postmortem) ? With(change(postmortem)) : this;

    /// <summary>It is final, by the entry at that position: the oldest that is final is left to the journal where there are too many.</summary>
    internal PostmortemBook Finish(string id, long position, Func<Postmortem, Postmortem> change)
    {
        if (!All.TryGetValue(id, out var postmortem)) return this;
        var next = With(change(postmortem)) with { Finals = Finals.Remove(id).Add(id) };
        if (next.Finals.Count <= FinalsKept) return next;
        var left = next.All[next.Finals[0]];
        return next with { All = next.All.Remove(left.Id), Finals = next.Finals.RemoveAt(0), Old = Old.SetItem(left.Id, Gist(left, position - 1)) };
    }

    private static OldPostmortem Gist(Postmortem left, long position)
    {
        var said = string.Join('\n', left.Sections.Values.Select(s => s.Text).Where(t => t.Length > 0));
        return new(left.Id, left.Number, left.Facts?.Title ?? left.Name, left.Facts?.Services ?? [], left.FinalAt ?? left.OpenedAt, said.Length <= OldPostmortem.LongestGist ? said : said[..OldPostmortem.LongestGist], position);
    }

    private static int? NumberOf(string name)
    {
        var digits = name.StartsWith("PM-", StringComparison.OrdinalIgnoreCase) ? name[3..] : name.StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return int.TryParse(digits, out var number) ? number : null;
    }
}
