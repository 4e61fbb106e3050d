using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>
/// One manifest as written: its values with their places, and its own piece of the text. Nothing is judged yet; a kind
/// does that (<see cref="ManifestKind"/>).
/// </summary>
/// <param name="Root">The fields.</param>
/// <param name="Source">The document's own text, as it was sent.</param>
/// <param name="Line">The line of the file on which that text begins.</param>
public sealed record ManifestDocument(ManifestMapping Root, string Source, int Line)
{
    /// <summary>Where it begins.</summary>
    public SourcePlace Place => Root.Place;

    /// <summary>As written; empty where it is missing or no text.</summary>
    public string ApiVersion => TextOf(Root, "apiVersion");

    /// <summary>As written; empty where it is missing or no text.</summary>
    public string Kind => TextOf(Root, "kind");

    /// <summary>As written; empty where it is missing or no text.</summary>
    public string Name => Root.Find("metadata")?.Value is ManifestMapping metadata ? TextOf(metadata, "name") : "";

    /// <summary>What tells it from every other manifest.</summary>
    public ManifestKey Key => new(ApiVersion, Kind, Name);

    private static string TextOf(ManifestMapping mapping, string name) =>
        mapping.Find(name)?.Value is ManifestScalar { IsNull: false } scalar ? scalar.Text : "";
}

/// <summary>What tells one manifest from every other.</summary>
/// <param name="ApiVersion">Such as <c>nines/v1</c>.</param>
/// <param name="Kind">Such as <c>Service</c>.</param>
/// <param name="Name">Its name; for a person who is stored, the opaque id.</param>
public readonly record struct ManifestKey(string ApiVersion, string Kind, string Name) : IComparable<ManifestKey>
{
    /// <inheritdoc />
    public int CompareTo(ManifestKey other)
    {
        var byKind = string.CompareOrdinal(Kind, other.Kind);
        if (byKind != 0) return byKind;
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(ApiVersion, other.ApiVersion);
    }

    /// <inheritdoc />
    public override string ToString() => $"{ApiVersion} {Kind} \"{Name}\"";

    /// <summary>Order by kind, name, version.</summary>
    public static bool operator <(ManifestKey left, ManifestKey right) => left.CompareTo(right) < 0;

    /// <summary>Order by kind, name, version.</summary>
    public static bool operator >(ManifestKey left, ManifestKey right) => left.CompareTo(right) > 0;

    /// <summary>Order by kind, name, version.</summary>
    public static bool operator <=(ManifestKey left, ManifestKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order by kind, name, version.</summary>
    public static bool operator >=(ManifestKey left, ManifestKey right) => left.CompareTo(right) >= 0;
}
