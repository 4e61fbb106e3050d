namespace Nines.Catalog.Manifests;

/// <summary>What every manifest says about itself.</summary>
/// <param name="Id">The name, except for a stored person: then the opaque id that events carry.</param>
/// <param name="Name">Its name, unique among its kind.</param>
/// <param name="DisplayName">What people call it; the name where none is given.</param>
/// <param name="Labels">For filtering and routing.</param>
/// <param name="Annotations">For other tools; Nines keeps them.</param>
public sealed record ManifestMetadata(
    string Id, string Name, string DisplayName, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    // RFC 1123 labels, as Kubernetes and OpenSLO ask for.
    private const int LongestName = 63;

    internal static ManifestMetadata Read(Field document, bool nameRequired = true)
    {
        var metadata = nameRequired ? document.Require("metadata", "Write metadata: { name: … }.") : document.Optional("metadata");
        var name = nameRequired ? metadata.Require("name", "Write a name of lower-case letters, digits and hyphens.") : metadata.Optional("name");
        CheckName(name);
        var displayName = metadata.Optional("displayName").Text();
        return new(name.Text(), name.Text(), displayName.Length > 0 ? displayName : name.Text(), metadata.Optional("labels").TextMap(), metadata.Optional("annotations").TextMap());
    }

    /// <summary>Reads the metadata of something written inside another manifest, where a name may be missing.</summary>
    public static ManifestMetadata ReadInline(Field owner) => Read(owner, nameRequired: false);

    /// <summary>Judges a name: a departure where it can be used all the same, an error where it cannot.</summary>
    public static void CheckName(Field name)
    {
        if (!name.Given) return;
        var text = name.Text();
        if (text.Length == 0 || IsProper(text)) return;
        const string remedy = "Write lower-case letters, digits and hyphens, at most 63, beginning and ending with a letter or digit.";
        if (text.Length > 253 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '/' or '\\' or '?' or '#')) name.Wrong($"\"{text}\" cannot be a name.", remedy);
        else name.Deviates($"\"{text}\" is not a name by RFC 1123.", remedy);
    }

    private static bool IsProper(string text) =>
        text.Length <= LongestName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';
}
