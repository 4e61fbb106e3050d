using System.Text;

namespace Nines.Learning.Drills;

/// <summary>
/// The wheel of misfortune: of the drills that somebody never had it chooses one; where they had all, of the third that
/// lies longest back. The choice follows from a seed, so that anybody can turn it again. Pure.
/// </summary>
public static class DrillWheel
{
    /// <summary>The drills on somebody's wheel, by name.</summary>
    /// <param name="drills">Names of all drills.</param>
    /// <param name="had">When they had each last; without those that they never had.</param>
    public static IReadOnlyList<string> On(IEnumerable<string> drills, IReadOnlyDictionary<string, NodaTime.Instant> had)
    {
        var all = drills.Order(StringComparer.Ordinal).ToArray();
        var never = all.Where(d => !had.ContainsKey(d)).ToArray();
        return never.Length > 0 ? never : [.. all.OrderBy(d => had[d]).Take((all.Length + 2) / 3).Order(StringComparer.Ordinal)];
    }

    /// <summary>Where the wheel stops: FNV-1a of the seed, spread, over the number of drills on it.</summary>
    public static string Choose(string seed, IReadOnlyList<string> onTheWheel)
    {
        var hash = 14695981039346656037ul;
        foreach (var b in Encoding.UTF8.GetBytes(seed)) hash = (hash ^ b) * 1099511628211ul;
        hash ^= hash >> 32;
        return onTheWheel[(int)(hash % (ulong)onTheWheel.Count)];
    }
}
