namespace Nines.Tests.House;

/// <summary>One breach of a wall: where it stands, what is wrong, what to do instead.</summary>
/// <param name="Where">File and line, type or route.</param>
/// <param name="What">The breach in one sentence.</param>
/// <param name="Instead">The remedy in one sentence.</param>
internal sealed record Violation(string Where, string What, string Instead)
{
    public override string ToString() => $"{Where}: {What} {Instead}";
}

/// <summary>How a wall is asserted: every breach is listed, with its remedy.</summary>
internal static class Hold
{
    public static void Holds(IEnumerable<Violation> violations)
    {
        var found = violations.Select(v => v.ToString()).Distinct().Order(StringComparer.Ordinal).ToArray();
        Xunit.Assert.True(found.Length == 0, $"{found.Length} breach(es) of this wall:\n" + string.Join('\n', found));
    }

    /// <summary>A planted violation must be found, once, with exactly this sentence: a rule that nobody saw red is no rule.</summary>
    public static void Finds(string expected, IEnumerable<Violation> violations) =>
        Xunit.Assert.Equal(expected, Xunit.Assert.Single(violations).ToString());
}
