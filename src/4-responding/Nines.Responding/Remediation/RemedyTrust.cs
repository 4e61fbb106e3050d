using System.Collections.Immutable;
using System.Globalization;

namespace Nines.Responding.Remediation;

/// <summary>What a rule's tries came to, and how far it is trusted for that.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">The fingerprint of its action: another action begins anew.</param>
/// <param name="Successes">Tries after which the symptom went away.</param>
/// <param name="Failures">Tries after which it did not.</param>
/// <param name="Row">How many of the last tries failed in a row.</param>
public sealed record RemedyTrust(string Rule, string Version, int Successes, int Failures, int Row)
{
    /// <summary>So many tries are needed before anything follows from them.</summary>
    public const int FewestTries = 5;

    /// <summary>Above this lower bound it may act by itself.</summary>
    public const double Automatic = 0.8;

    /// <summary>Below this lower bound it only says what it would do: it helps too seldom.</summary>
    public const double Doubtful = 0.3;

    /// <summary>So many failures in a row take one level.</summary>
    public const int RowThatDemotes = 2;

    // 95 % two-sided: the quantile 0.975 of the normal distribution.
    private const double Z = 1.959964;

    /// <summary>A rule of which nothing is known.</summary>
    public static RemedyTrust None(string rule, string version) => new(rule, version, 0, 0, 0);

    /// <summary>All tries with a verdict.</summary>
    public int Tries => Successes + Failures;

    /// <summary>
    /// The lower bound of the share of successes (Wilson 1927): (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). 0 without tries.
    /// </summary>
    public double LowerBound
    {
        get
        {
            if (Tries == 0) return 0;
            double n = Tries, p = Successes / n, zz = Z * Z;
            return Math.Max(0, (p + (zz / (2 * n)) - (Z * Math.Sqrt((p * (1 - p) / n) + (zz / (4 * n * n))))) / (1 + (zz / n)));
        }
    }

    /// <summary>What the tries alone allow.</summary>
    public RemedyLevel Earned
    {
        get
        {
            var level = Tries < FewestTries || LowerBound < Doubtful ? RemedyLevel.Suggest : LowerBound >= Automatic ? RemedyLevel.Automatic : RemedyLevel.Approve;
            return Row >= RowThatDemotes && level > RemedyLevel.Suggest ? level - 1 : level;
        }
    }

    /// <summary>What the rule may do: what it has earned, but no more than its manifest allows.</summary>
    public RemedyLevel Level(RemedyLevel ceiling) => Earned < ceiling ? Earned : ceiling;

    /// <summary>The arithmetic in words.</summary>
    public string Words(RemedyLevel ceiling)
    {
        var level = Level(ceiling);
        var share = LowerBound.ToString("0.00", CultureInfo.InvariantCulture);
        var why = Tries < FewestTries ? $"{Tries} of {FewestTries} tries that anything follows from"
            : $"{Successes} of {Tries} helped, so at least {share} do (95 %); by itself from {Automatic.ToString("0.0", CultureInfo.InvariantCulture)}";
        if (Row >= RowThatDemotes) why += $"; {Row} failures in a row take one level";
        return $"{char.ToUpperInvariant(why[0])}{why[1..]}{(Earned > ceiling ? $"; its manifest allows {Word(ceiling)} at most" : "")}: {Word(level)}.";
    }

    /// <summary>A level in one word.</summary>
    public static string Word(RemedyLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>What remains the same of an action, in 16 digits (FNV-1a): trust belongs to what was tried.</summary>
    public static string VersionOf(string action)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in action) hash = (hash ^ c) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    internal RemedyTrust Count(bool success) => success ? this with { Successes = Successes + 1, Row = 0 } : this with { Failures = Failures + 1, Row = Row + 1 };

    /// <summary>By rule.</summary>
    internal static ImmutableSortedDictionary<string, RemedyTrust> Nobody { get; } = ImmutableSortedDictionary.Create<string, RemedyTrust>(StringComparer.Ordinal);
}
