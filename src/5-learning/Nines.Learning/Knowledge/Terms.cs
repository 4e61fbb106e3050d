namespace Nines.Learning.Knowledge;

/// <summary>The words of a text, as they are looked for. Pure.</summary>
public static class Terms
{
    // What stands in every sentence tells nothing apart.
    private static readonly HashSet<string> Common = new(["the", "a", "an", "and", "or", "of", "to", "in", "is", "it", "was", "for", "on", "at", "by", "with", "that", "this", "are", "be", "as", "from"], StringComparer.Ordinal);

    private const int Longest = 40;

    /// <summary>Each word in lower case, without its plural; numbers and names such as <c>v2.41.0</c> or <c>INC-12</c> stay whole.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || (start >= 0 && text[i] is '.' or '-' or '_' or '/' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])));
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            var word = Stem(text.AsSpan(start, Math.Min(Longest, i - start)).ToString().ToLowerInvariant());
            start = -1;
            if (word.Length == 0 || Common.Contains(word)) continue;
            yield return word;
            // The parts of a joined word are found, too.
            if (word.AsSpan().IndexOfAny('-', '_', '/') < 0) continue;
            foreach (var part in word.Split(['-', '_', '/'], StringSplitOptions.RemoveEmptyEntries))
                if (part.Length > 1 && !Common.Contains(part)) yield return Stem(part);
        }
    }

    // Enough for "payments" and "payment", "queries" and "query"; a real stemmer would be one language's.
    private static string Stem(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) && char.IsLetter(word[^2]) => word[..^1],
        _ => word,
    };
}
