using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>A page of Nines with what another pager had about the same thing: one of the two sides may be missing.</summary>
/// <param name="Own">Nines' page; null for none.</param>
/// <param name="Outside">The other pager's pages, the first first; Nines may have made one of several.</param>
public sealed record ShadowPair(NinesPage? Own, IReadOnlyList<OutsidePageHeard> Outside);

/// <summary>
/// Finds what belongs together: the same key where both got one from the same sender, else the same service at about the
/// same time, else the same words at about the same time. Every page is in exactly one pair. Pure.
/// </summary>
public static class ShadowPairs
{
    /// <summary>How far apart two pagers may notice the same thing.</summary>
    public static Duration Apart { get; } = Duration.FromMinutes(10);

    private const int ByKey = 3;
    private const int ByService = 2;
    private const int ByWords = 1;

    /// <summary>Pairs, by time.</summary>
    /// <param name="own">Pages of Nines.</param>
    /// <param name="outside">Pages of other pagers.</param>
    /// <param name="keysOf">What senders call the alerts of a page of Nines.</param>
    public static IReadOnlyList<ShadowPair> Of(IEnumerable<NinesPage> own, IEnumerable<OutsidePageHeard> outside, Func<NinesPage, IReadOnlySet<string>> keysOf)
    {
        NinesPage[] pages = [.. own.OrderBy(p => p.OpenedAt).ThenBy(p => p.Id, StringComparer.Ordinal)];
        var keys = pages.Select(keysOf).ToArray();
        var joined = pages.Select(_ => new List<OutsidePageHeard>()).ToArray();
        var alone = new List<ShadowPair>();
        foreach (var one in outside.OrderBy(p => p.OpenedAt).ThenBy(p => p.Mode, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal))
        {
            var best = Best(pages, keys, one);
            if (best < 0) alone.Add(new(null, [one]));
            else joined[best].Add(one);
        }

        return [.. pages.Select((p, i) => new ShadowPair(p, joined[i])).Concat(alone).OrderBy(TimeOf)];
    }

    /// <summary>When the earlier side began.</summary>
    public static Instant TimeOf(ShadowPair pair) =>
        pair.Own is not { } own ? pair.Outside[0].OpenedAt : pair.Outside.Count == 0 ? own.OpenedAt : Instant.Min(own.OpenedAt, pair.Outside[0].OpenedAt);

    private static int Best(NinesPage[] pages, IReadOnlySet<string>[] keys, OutsidePageHeard one)
    {
        var (best, found, away) = (-1, 0, Duration.MaxValue);
        for (var i = 0; i < pages.Length; i++)
        {
            var score = Score(pages[i], keys[i], one);
            var apart = one.OpenedAt >= pages[i].OpenedAt ? one.OpenedAt - pages[i].OpenedAt : pages[i].OpenedAt - one.OpenedAt;
            if (score > found || (score > 0 && score == found && apart < away)) (best, found, away) = (i, score, apart);
        }

        return best;
    }

    private static int Score(NinesPage page, IReadOnlySet<string> keys, OutsidePageHeard one)
    {
        if (one.OpenedAt < page.OpenedAt - Apart || one.OpenedAt > (page.EndedAt ?? Instant.MaxValue - Apart) + Apart) return 0;
        if (one.Key.Length > 0 && keys.Contains(one.Key)) return ByKey;
        if (one.Service.Length > 0 && page.Service.Length > 0) return one.Service == page.Service ? ByService : 0;
        return one.OpenedAt <= page.OpenedAt + Apart && Alike(one.Title, page.Title) ? ByWords : 0;
    }

    /// <summary>True where more than half of the shorter title's words stand in the other one.</summary>
    private static bool Alike(string a, string b)
    {
        var (first, second) = (Words(a), Words(b));
        var least = Math.Min(first.Count, second.Count);
        return least > 0 && first.Intersect(second, StringComparer.OrdinalIgnoreCase).Count() * 2 > least;
    }

    private static HashSet<string> Words(string text) =>
        [.. text.Split([' ', '\t', ':', ',', '.', ';', '[', ']', '(', ')', '/', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2).Select(w => w.ToLowerInvariant())];
}
