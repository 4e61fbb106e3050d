using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>Who would be woken in a stretch of time; neighbours differ.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Levels">Handles, level by level; an empty level calls nobody.</param>
public sealed record CoverageSpan(Instant From, Instant Until, IReadOnlyList<IReadOnlyList<string>> Levels)
{
    /// <summary>True where the same people are woken in the same order.</summary>
    public bool SameAs(CoverageSpan other) => SameLevels(Levels, other.Levels);

    /// <summary>True where the same people are called one after the other: a level with nobody is passed at once, so that it changes nothing.</summary>
    public bool CallsLike(CoverageSpan other) => SameAs(other) || SameLevels(Called(Levels), Called(other.Levels));

    /// <summary>True for the same people on the same levels.</summary>
    public static bool SameLevels(IReadOnlyList<IReadOnlyList<string>> one, IReadOnlyList<IReadOnlyList<string>> other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one.Count != other.Count) return false;
        for (var i = 0; i < one.Count; i++)
            if (!ReferenceEquals(one[i], other[i]) && !one[i].SequenceEqual(other[i], StringComparer.Ordinal)) return false;
        return true;
    }

    private static IReadOnlyList<string>[] Called(IReadOnlyList<IReadOnlyList<string>> levels) => [.. levels.Where(l => l.Count > 0)];
}
