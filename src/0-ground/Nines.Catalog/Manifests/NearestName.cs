namespace Nines.Catalog.Manifests;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class NearestName
{
    /// <summary>
    /// The known word closest to a written one (edit distance with transpositions, letter case free), or null when
    /// none is within a third of its length.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > 64) return null;
        // A remedy must not cost more than the reading: among very many names only the first are looked at.
        var best = known.Take(2000)
            .Select(k => (Word: k, Distance: Distance(written.ToUpperInvariant(), k.ToUpperInvariant())))
            .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Max(written.Length, best.Word.Length) / 3) ? best.Word : null;
    }

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }

        return rows[a.Length, b.Length];
    }
}
