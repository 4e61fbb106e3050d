using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Every case, and what of the house's own doors signals count.</summary>
/// <param name="All">By id.</param>
/// <param name="Numbers">The last number given.</param>
/// <param name="Own">When the newest facts of each kind happened, oldest first.</param>
public sealed record SecurityBook(ImmutableDictionary<string, SecurityCase> All, int Numbers, ImmutableSortedDictionary<OwnFact, ImmutableList<Instant>> Own)
{
    /// <summary>So many facts of a kind are kept: more than any threshold.</summary>
    public const int OwnKept = 1_000;

    /// <summary>No case yet.</summary>
    public static SecurityBook None { get; } = new(ImmutableDictionary<string, SecurityCase>.Empty, 0, ImmutableSortedDictionary<OwnFact, ImmutableList<Instant>>.Empty);

    /// <summary>The case of that id or number (<c>SEC-3</c>, <c>3</c>); null for none. Whether somebody may know of it is <see cref="Circle"/>'s to say.</summary>
    public SecurityCase? Find(string name)
    {
        if (All.TryGetValue(name, out var one)) return one;
        var digits = name.StartsWith("SEC-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? All.Values.FirstOrDefault(c => c.Number == number) : null;
    }

    internal SecurityBook With(SecurityCase one) => this with { All = All.SetItem(one.Id, one), Numbers = Math.Max(Numbers, one.Number) };

    internal SecurityBook Change(string id, Func<SecurityCase, SecurityCase> change) => All.TryGetValue(id, out var one) ? With(change(one)) : this;

    internal SecurityBook Count(OwnFact fact, Instant at)
    {
        var known = Own.GetValueOrDefault(fact, []).Add(at);
        return this with { Own = Own.SetItem(fact, known.Count > OwnKept ? known.RemoveAt(0) : known) };
    }
}
