using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>
/// Lays the shifts of all levels beside each other in one pass over their ends: as many steps as hand-overs, however long
/// the time. Pure.
/// </summary>
public static class CoverageSweep
{
    /// <summary>Who would be woken between two times, without hole or overlap, merged.</summary>
    /// <param name="levels">First to last.</param>
    /// <param name="shiftsOf">The shifts of a source over the time, sorted, without overlap; where there is none, it calls nobody.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="until">Where it ends.</param>
    public static IReadOnlyList<CoverageSpan> Spans(IReadOnlyList<LevelPlan> levels, Func<LevelSource, IReadOnlyList<Shift>> shiftsOf, Instant from, Instant until)
    {
        var runs = levels.Select(l => new LevelRun([.. l.Sources.Select(s => new SourceRun(s.Fixed ? null : shiftsOf(s), s.People))])).ToArray();
        var spans = new List<CoverageSpan>();
        for (var at = from; at < until;)
        {
            var next = until;
            foreach (var run in runs) next = Instant.Min(next, run.MoveTo(at));
            Add(spans, new(at, next, [.. runs.Select(r => r.People)]));
            at = next;
        }

        return spans;
    }

    /// <summary>Where two lists of spans over the same time differ, merged.</summary>
    public static IReadOnlyList<CoverageChange> Changes(IReadOnlyList<CoverageSpan> before, IReadOnlyList<CoverageSpan> after)
    {
        var changes = new List<CoverageChange>();
        for (int b = 0, a = 0; b < before.Count && a < after.Count;)
        {
            var from = Instant.Max(before[b].From, after[a].From);
            var until = Instant.Min(before[b].Until, after[a].Until);
            if (from < until && !before[b].CallsLike(after[a])) Add(changes, new(from, until, before[b].Levels, after[a].Levels));
            if (before[b].Until <= until) b++;
            if (a < after.Count && after[a].Until <= until) a++;
        }

        return changes;
    }

    private static void Add(List<CoverageSpan> spans, CoverageSpan span)
    {
        if (spans.Count > 0 && spans[^1].SameAs(span)) spans[^1] = spans[^1] with { Until = span.Until };
        else spans.Add(span);
    }

    private static void Add(List<CoverageChange> changes, CoverageChange change)
    {
        if (changes.Count > 0 && changes[^1] is var last && last.Until == change.From && CoverageSpan.SameLevels(last.Before, change.Before) && CoverageSpan.SameLevels(last.After, change.After))
            changes[^1] = last with { Until = change.Until };
        else changes.Add(change);
    }

    /// <summary>One source and how far the sweep has come in its shifts.</summary>
    private sealed class SourceRun(IReadOnlyList<Shift>? shifts, IReadOnlyList<string> named)
    {
        private static readonly IReadOnlyList<string> Nobody = [];

        private int _at;

        public IReadOnlyList<string> People { get; private set; } = named;

        /// <summary>Goes to a time; answers until when nothing changes.</summary>
        public Instant MoveTo(Instant at, out bool moved)
        {
            moved = false;
            if (shifts is null) return Instant.MaxValue;
            while (_at < shifts.Count && shifts[_at].Until <= at) _at++;
            // Between shifts and behind the last one there is nobody.
            var people = _at < shifts.Count && shifts[_at].From <= at ? shifts[_at].People : Nobody;
            moved = !ReferenceEquals(people, People);
            People = people;
            return _at >= shifts.Count ? Instant.MaxValue : shifts[_at].From > at ? shifts[_at].From : shifts[_at].Until;
        }
    }

    /// <summary>One level: everybody of its sources, each once.</summary>
    private sealed class LevelRun(SourceRun[] sources)
    {
        private bool _fresh;

        public IReadOnlyList<string> People { get; private set; } = [];

        public Instant MoveTo(Instant at)
        {
            var next = Instant.MaxValue;
            var changed = !_fresh;
            foreach (var source in sources)
            {
                next = Instant.Min(next, source.MoveTo(at, out var moved));
                changed |= moved;
            }

            _fresh = true;
            if (changed) People = sources.Length == 1 ? sources[0].People : [.. sources.SelectMany(s => s.People).Distinct(StringComparer.Ordinal)];
            return next;
        }
    }
}

/// <summary>A stretch of time in which somebody else would be woken than before.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Before">Who was, level by level.</param>
/// <param name="After">Who would be.</param>
public sealed record CoverageChange(Instant From, Instant Until, IReadOnlyList<IReadOnlyList<string>> Before, IReadOnlyList<IReadOnlyList<string>> After);
