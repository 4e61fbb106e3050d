using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A page that a policy would have sent.</summary>
/// <param name="At">When.</param>
/// <param name="Until">When it would have been over; null while it would still fire.</param>
public sealed record ReplayedPage(Instant At, Instant? Until);

/// <summary>
/// When pairs of windows would have paged over a run of minutes: burn over both windows above the factor, minutes
/// without data as clean traffic, a short window without events keeps its verdict, few failures page nobody, and an
/// alert re-opens instead of paging again within its short window or 15 minutes (semantics.md 4 and 5). The same answer
/// as the engine's, by running sums: a whole set of policies over 90 days takes no longer than a page may. Pure.
/// </summary>
public static class BurnReplay
{
    private const int LeastReopen = 15;

    /// <summary>The pages of some rules.</summary>
    /// <param name="minutes">The minutes.</param>
    /// <param name="rules">The pairs that page.</param>
    /// <param name="minFailures">The objective's guard.</param>
    public static IReadOnlyList<ReplayedPage> Pages(MinuteSums minutes, IReadOnlyList<BurnRule> rules, int minFailures)
    {
        var pages = new List<ReplayedPage>();
        var holds = new bool[rules.Count];
        var reopens = LeastReopen;
        int? ended = null;
        var firing = false;
        for (var end = 1; end <= minutes.Count; end++)
        {
            var (any, passed) = Ask(minutes, rules, minFailures, holds, end);
            // A guard asks once, when the alert would begin.
            var fires = any && (firing || passed is not null);
            if (fires == firing) continue;
            firing = fires;
            if (!fires)
            {
                ended = end;
                pages[^1] = pages[^1] with { Until = minutes.EndOf(end) };
            }
            else if (ended is { } last && end - last <= reopens)
            {
                pages[^1] = pages[^1] with { Until = null };
            }
            else
            {
                pages.Add(new(minutes.EndOf(end), null));
                reopens = Math.Max(LeastReopen, passed!.ShortMinutes);
            }
        }

        return pages;
    }

    private static (bool Any, BurnRule? Passed) Ask(MinuteSums minutes, IReadOnlyList<BurnRule> rules, int minFailures, bool[] holds, int end)
    {
        var any = false;
        BurnRule? passed = null;
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            if (minutes.Total(end, rule.ShortMinutes) > 0)
                holds[i] = rule.Exceeds(minutes.AlertRatio(end, rule.LongMinutes)) && rule.Exceeds(minutes.AlertRatio(end, rule.ShortMinutes));
            any |= holds[i];
            if (holds[i] && passed is null && minutes.Bad(end, rule.LongMinutes) >= Math.Max(minFailures, rule.MinFailures) - 1e-6) passed = rule;
        }

        return (any, passed);
    }
}

/// <summary>Running sums over minutes: bad, all, and minutes with data, of any window that ends with any of them.</summary>
public sealed class MinuteSums
{
    private readonly double[] _bad;
    private readonly double[] _total;
    private readonly int[] _covered;
    private readonly Instant _from;

    /// <summary>Sums minutes up; NaN where nothing came in.</summary>
    public MinuteSums(Instant from, IReadOnlyList<double> bad, IReadOnlyList<double> total)
    {
        _from = from;
        Count = bad.Count;
        (_bad, _total, _covered) = (new double[Count + 1], new double[Count + 1], new int[Count + 1]);
        for (var i = 0; i < Count; i++)
        {
            var known = double.IsFinite(total[i]);
            _bad[i + 1] = _bad[i] + (known ? bad[i] : 0);
            _total[i + 1] = _total[i] + (known ? total[i] : 0);
            _covered[i + 1] = _covered[i] + (known ? 1 : 0);
        }
    }

    /// <summary>How many minutes there are.</summary>
    public int Count { get; }

    /// <summary>How many of them have data.</summary>
    public int Covered => _covered[Count];

    /// <summary>When the so-many-th minute ends.</summary>
    public Instant EndOf(int end) => _from + Duration.FromMinutes(end);

    /// <summary>Bad events of the window of so many minutes that ends with the so-many-th.</summary>
    public double Bad(int end, int window) => _bad[end] - _bad[Math.Max(0, end - window)];

    /// <summary>All events of that window.</summary>
    public double Total(int end, int window) => _total[end] - _total[Math.Max(0, end - window)];

    /// <summary>The error ratio that alerts ask: minutes without data count as clean traffic at the observed rate.</summary>
    public double AlertRatio(int end, int window)
    {
        var total = Total(end, window);
        if (total <= 0) return 0;
        var covered = _covered[end] - _covered[Math.Max(0, end - window)];
        return Math.Clamp(Bad(end, window) / total, 0, 1) * Math.Min(1, (double)covered / window);
    }
}
