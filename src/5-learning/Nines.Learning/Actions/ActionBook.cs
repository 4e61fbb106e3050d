using System.Collections.Immutable;

namespace Nines.Learning.Actions;

/// <summary>Every action that is kept.</summary>
/// <param name="All">By id.</param>
/// <param name="Ended">Ids of those that are done or dropped, the oldest first.</param>
/// <param name="ByEffect">Calls of trackers under way to their action.</param>
/// <param name="Numbers">The last number given.</param>
public sealed record ActionBook(ImmutableDictionary<string, ActionItem> All, ImmutableList<string> Ended, ImmutableDictionary<string, string> ByEffect, int Numbers)
{
    /// <summary>So many that are done or dropped stay in memory; older ones are in the journal.</summary>
    public const int EndedKept = 2_000;

    /// <summary>No action yet.</summary>
    public static ActionBook None { get; } = new(ImmutableDictionary<string, ActionItem>.Empty, [], ImmutableDictionary<string, string>.Empty, 0);

    /// <summary>Those that are not done, the first due first.</summary>
    public IEnumerable<ActionItem> Open => All.Values.Where(a => a.IsOpen).OrderBy(a => a.Deadline).ThenBy(a => a.Number);

    /// <summary>The action of that id or number (<c>AI-12</c>, <c>12</c>); null for none.</summary>
    public ActionItem? Find(string name)
    {
        if (All.TryGetValue(name, out var action)) return action;
        var digits = name.StartsWith("AI-", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(a => a.Number == number) : null;
    }

    internal ActionBook With(ActionItem action) => this with { All = All.SetItem(action.Id, action), Numbers = Math.Max(Numbers, action.Number) };

    internal ActionBook Change(string id, Func<ActionItem, ActionItem> change) => All.TryGetValue(id, out var action) ? With(change(action)) : this;

    /// <summary>It is over: the oldest that is over is left to the journal where there are too many.</summary>
    internal ActionBook End(string id, Func<ActionItem, ActionItem> change)
    {
        if (!All.TryGetValue(id, out var action)) return this;
        var next = With(change(action)) with { Ended = Ended.Remove(id).Add(id) };
        return next.Ended.Count <= EndedKept ? next : next with { All = next.All.Remove(next.Ended[0]), Ended = next.Ended.RemoveAt(0) };
    }
}
