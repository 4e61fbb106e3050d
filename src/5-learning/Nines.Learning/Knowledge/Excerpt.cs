namespace Nines.Learning.Knowledge;

/// <summary>A piece of a text around the words that were looked for. Pure.</summary>
public static class Excerpt
{
    private const int Around = 160;

    /// <summary>The piece of the heaviest part that has most of the words; empty where only the title has any.</summary>
    public static string Of(KnownText text, string query)
    {
        var words = Terms.Of(query).Where(w => w.Length > 1).ToHashSet(StringComparer.Ordinal);
        var best = text.Parts().Where(p => p.Text != text.Title && p.Text.Length > 0)
            .Select(p => (p.Text, Hits: Terms.Of(p.Text).Count(w => words.Contains(w) || words.Any(x => w.StartsWith(x, StringComparison.Ordinal))))).Where(p => p.Hits > 0)
            .OrderByDescending(p => p.Hits).Select(p => p.Text).FirstOrDefault();
        if (best is null) return "";
        var plain = best.ReplaceLineEndings(" ");
        var at = words.Select(w => plain.IndexOf(w, StringComparison.OrdinalIgnoreCase)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var from = Math.Max(0, at - Around / 3);
        // A word is shown whole.
        if (from > 0 && plain.IndexOf(' ', from) is >= 0 and var space && space < at) from = space + 1;
        var length = Math.Min(Around, plain.Length - from);
        return $"{(from > 0 ? "… " : "")}{plain.Substring(from, length).Trim()}{(from + length < plain.Length ? " …" : "")}";
    }
}
