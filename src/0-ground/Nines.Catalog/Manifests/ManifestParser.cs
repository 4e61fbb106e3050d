namespace Nines.Catalog.Manifests;

/// <summary>
/// Text (YAML of one or many documents, or JSON) to documents with places. It never throws: what cannot be read is a
/// problem with file, line and column, and one broken document does not hide the others.
/// </summary>
public static class ManifestParser
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">The file as the user named it; null for a body.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="limits">Bounds; the default ones when null.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    public static IReadOnlyList<ManifestDocument> Parse(string text, string? file, ProblemList problems, ManifestLimits? limits = null, int firstLine = 1)
    {
        limits ??= ManifestLimits.Default;
        if (text.Length > limits.Characters)
        {
            problems.Invalid($"The text has {text.Length} characters.", $"Send at most {limits.Characters} at once.", null, new(file, firstLine, 1));
            return [];
        }

        var documents = new List<ManifestDocument>();
        var pieces = 0;
        foreach (var piece in DocumentPieces.Of(text))
        {
            // Empty and broken ones count too: a text of nothing but "---" lines costs as much to read.
            if (pieces++ >= limits.Documents || documents.Count >= limits.Documents)
            {
                problems.Invalid($"The text has more than {limits.Documents} documents.", "Send it in several calls.", null, new(file, piece.Line + firstLine - 1, 1));
                break;
            }

            var line = piece.Line + firstLine - 1;
            Take(YamlTree.Read(piece.Text, file, line, problems, limits), piece.Text, line, documents, problems);
        }

        return documents;
    }

    private static void Take(ManifestNode? root, string source, int line, List<ManifestDocument> documents, ProblemList problems)
    {
        switch (root)
        {
            case null or ManifestScalar { IsNull: true }:
                return;
            case ManifestMapping mapping:
                documents.Add(new(mapping, source, line));
                return;
            case ManifestSequence sequence:
                // A list of manifests (JSON arrays, and what OpenSLO's own tool reads): each item becomes a document with a text of its own.
                foreach (var item in sequence.Items)
                {
                    if (item is ManifestMapping one) documents.Add(new(one, ManifestText.ToYaml(one), one.Place.Line));
                    else Refuse(item, problems);
                }

                return;
            default:
                Refuse(root, problems);
                return;
        }
    }

    private static void Refuse(ManifestNode node, ProblemList problems) =>
        problems.Invalid($"A manifest is a mapping, but here stands {node.Described}.", "Begin it with apiVersion, kind, metadata and spec.", null, node.Place);
}
