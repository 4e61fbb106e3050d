using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Nines.Catalog;

namespace Nines.Learning.Postmortems;

/// <summary>A sentence that judges.</summary>
/// <param name="Section">Key of its section.</param>
/// <param name="Sentence">The sentence.</param>
/// <param name="Words">The words in it that judge.</param>
/// <param name="Why">What is wrong with them.</param>
/// <param name="Better">What to write instead.</param>
public sealed record LintFinding(string Section, string Sentence, string Words, string Why, string Better);

/// <summary>
/// Finds sentences that judge people instead of explaining how it could happen: words that always do, and words that do
/// beside a person: one of the catalog by name, or somebody meant by a role or a pronoun. Pure.
/// </summary>
public static partial class BlamelessLint
{
    private static readonly FrozenSet<string> SomebodyWords = FrozenSet.ToFrozenSet(
        ["he", "she", "his", "her", "somebody", "someone", "nobody", "engineer", "engineers", "developer", "developers", "operator", "operators", "admin", "administrator",
            "colleague", "colleagues", "reviewer", "reviewers", "on-call", "manager", "author", "dba", "sre", "who", "you", "your"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a text says that judges.</summary>
    /// <param name="section">Key of its section.</param>
    /// <param name="text">The text.</param>
    /// <param name="words">Words that judge.</param>
    /// <param name="names">Names of people, in lower case.</param>
    public static IReadOnlyList<LintFinding> Check(string section, string text, IReadOnlyList<BlameWord> words, IReadOnlySet<string> names)
    {
        var found = new List<LintFinding>();
        foreach (var sentence in Sentences(text))
        {
            string[] spoken = [.. Words().Matches(sentence).Select(m => m.Value.Replace('’', '\''))];
            var people = spoken.Any(w => SomebodyWords.Contains(w) || names.Contains(Owner(w).ToLowerInvariant()));
            foreach (var word in words)
            {
                if (word.BesidePeople && !people || !Says(spoken, word.Phrase)) continue;
                // "forgot" inside "forgot to blame" is one remark, not two; so is a phrase that holds another.
                if (found.Exists(f => f.Sentence == sentence && (f.Words.Contains(word.Phrase, StringComparison.OrdinalIgnoreCase) || f.Why == word.Why))) continue;
                found.Add(new(section, sentence, word.Phrase, word.Why, word.Better));
            }
        }

        return found;
    }

    /// <summary>The names by which people of a catalog are meant: handles, whole names, and each part of a name that is long enough to be one.</summary>
    public static IReadOnlySet<string> NamesOf(CatalogView catalog) => catalog.People
        .SelectMany(p => p.DisplayName.Split([' ', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 2).Append(p.Name))
        .Select(n => n.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);

    private static bool Says(string[] spoken, string phrase)
    {
        var asked = phrase.Split(' ');
        for (var at = 0; at + asked.Length <= spoken.Length; at++)
        {
            var i = 0;
            while (i < asked.Length && spoken[at + i].Equals(asked[i], StringComparison.OrdinalIgnoreCase)) i++;
            if (i == asked.Length) return true;
        }

        return false;
    }

    // Ada's is Ada.
    private static string Owner(string word) => word.EndsWith("'s", StringComparison.OrdinalIgnoreCase) ? word[..^2] : word;

    private static IEnumerable<string> Sentences(string text) => Ends().Split(text).Select(s => s.Trim()).Where(s => s.Length > 0);

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+", RegexOptions.None, 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
