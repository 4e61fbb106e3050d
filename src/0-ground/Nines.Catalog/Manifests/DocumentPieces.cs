namespace Nines.Catalog.Manifests;

/// <summary>
/// Splits a YAML stream at its document markers. A line that begins with <c>---</c> is a marker wherever it stands
/// (YAML 1.2, 9.1.2: no scalar may contain one), so that each document can be read, and fail, by itself.
/// </summary>
internal static class DocumentPieces
{
    public static IEnumerable<(string Text, int Line)> Of(string text)
    {
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        var (line, pieceLine, at) = (1, 1, start);
        var directivesOnly = true;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            var marker = IsMarker(text.AsSpan(at, next - at));
            if (marker && at > start && !directivesOnly)
            {
                yield return (text[start..at], pieceLine);
                (start, pieceLine, directivesOnly) = (at, line, true);
            }

            // Directives belong to the document that follows them.
            if (marker || !IsEmptyOrDirective(text.AsSpan(at, next - at))) directivesOnly = false;
            (at, line) = (next, line + 1);
        }

        if (!directivesOnly) yield return (text[start..], pieceLine);
    }

    private static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && (line.Length == 3 || line[3] is ' ' or '\t' or '\r' or '\n');

    private static bool IsEmptyOrDirective(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        return trimmed.IsEmpty || trimmed[0] is '#' or '%' || trimmed is "...";
    }
}
