using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>How well a person can be reached.</summary>
public enum Reach
{
    /// <summary>There is no contact, or no such person.</summary>
    None,

    /// <summary>There is a contact, but none has proved to be theirs.</summary>
    Unverified,

    /// <summary>A contact has proved to be theirs.</summary>
    Verified,
}

/// <summary>What is wrong with who would be woken.</summary>
public enum FaultKind
{
    /// <summary>No level calls anybody who can be reached: only the last resort is left.</summary>
    Gap,

    /// <summary>Everybody who is called has only contacts that were never proved.</summary>
    Unverified,

    /// <summary>A level calls nobody, and the next one is called at once.</summary>
    EmptyLevel,

    /// <summary>A level calls people of whom some have no contact.</summary>
    NoContact,
}

/// <summary>One thing that is wrong, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Level">The level, from 1; 0 where all are meant.</param>
/// <param name="People">Who is concerned, sorted.</param>
/// <param name="Stretches">When, sorted, joined where they touch.</param>
public sealed record CoverageFault(FaultKind Kind, int Level, IReadOnlyList<string> People, IReadOnlyList<Stretch> Stretches)
{
    /// <summary>How long altogether.</summary>
    public Duration Length => Stretches.Aggregate(Duration.Zero, (sum, s) => sum + (s.Until - s.From));
}

/// <summary>Judges spans. Pure.</summary>
public static class CoverageFaults
{
    /// <summary>Everything that is wrong, the worst first.</summary>
    public static IReadOnlyList<CoverageFault> Of(IReadOnlyList<CoverageSpan> spans, Func<string, Reach> reach)
    {
        var found = new Dictionary<(FaultKind, int), Finding>();
        foreach (var span in spans) Judge(span, reach, found);
        return [.. found.OrderBy(f => f.Key).Select(f => new CoverageFault(f.Key.Item1, f.Key.Item2, [.. f.Value.People], f.Value.Stretches))];
    }

    /// <summary>The stretches in which no level calls anybody who can be reached.</summary>
    public static IReadOnlyList<Stretch> Gaps(IReadOnlyList<CoverageSpan> spans, Func<string, Reach> reach) =>
        Of(spans, reach).FirstOrDefault(f => f.Kind == FaultKind.Gap)?.Stretches ?? [];

    /// <summary>What of some stretches is not in others; both sorted and without overlap.</summary>
    public static IReadOnlyList<Stretch> Without(IReadOnlyList<Stretch> stretches, IReadOnlyList<Stretch> others) =>
        [.. stretches.SelectMany(s => Pieces.Without(s, [.. others.Where(o => o.Until > s.From && o.From < s.Until)])).Where(s => s.From < s.Until)];

    private static void Judge(CoverageSpan span, Func<string, Reach> reach, Dictionary<(FaultKind, int), Finding> found)
    {
        var best = Reach.None;
        for (var level = 0; level < span.Levels.Count; level++)
        {
            var people = span.Levels[level];
            if (people.Count == 0) Note(FaultKind.EmptyLevel, level + 1, []);
            foreach (var person in people)
            {
                var how = reach(person);
                if (how > best) best = how;
                if (how == Reach.None) Note(FaultKind.NoContact, level + 1, [person]);
            }
        }

        if (best == Reach.None) Note(FaultKind.Gap, 0, span.Levels.SelectMany(p => p));
        else if (best == Reach.Unverified) Note(FaultKind.Unverified, 0, span.Levels.SelectMany(p => p).Where(p => reach(p) == Reach.Unverified));

        void Note(FaultKind kind, int level, IEnumerable<string> people)
        {
            if (!found.TryGetValue((kind, level), out var finding)) found[(kind, level)] = finding = new([], []);
            finding.Take(span.From, span.Until, people);
        }
    }

    private sealed record Finding(SortedSet<string> People, List<Stretch> Stretches)
    {
        public void Take(Instant from, Instant until, IEnumerable<string> people)
        {
            People.UnionWith(people);
            if (Stretches.Count > 0 && Stretches[^1].Until >= from) Stretches[^1] = Stretches[^1] with { Until = Instant.Max(Stretches[^1].Until, until) };
            else Stretches.Add(new(from, until));
        }
    }
}
