using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>A manifest read by its kind.</summary>
/// <param name="Document">As written.</param>
/// <param name="Kind">Null where the kind is unknown.</param>
/// <param name="Metadata">Name, labels.</param>
/// <param name="Spec">The typed object; null where the document has errors.</param>
/// <param name="Problems">What reading it alone found.</param>
public sealed record CompiledManifest(
    ManifestDocument Document, ManifestKind? Kind, ManifestMetadata Metadata, object? Spec, IReadOnlyList<Problem> Problems)
{
    /// <summary>What tells it from others; the name as people write it.</summary>
    public ManifestKey Key => new(Document.ApiVersion, Document.Kind, Document.Name);

    /// <summary>The object as far as it could be read, also with errors: only for checks against the others, so that every problem comes out at once.</summary>
    internal object? Draft { get; init; }

    /// <summary>As it is kept; null while it is only being checked.</summary>
    public StoredManifest? Stored { get; init; }

    /// <summary>Where a problem about the whole of it points.</summary>
    public SourcePlace Place => Document.Place;

    /// <summary>Reports an error about a field; the place is that of the deepest part of the path that is written.</summary>
    public void Wrong(ProblemList problems, string what, string remedy, string path) => problems.Invalid(what, remedy, path, PlaceOf(path));

    /// <summary>Reports a departure from a published format.</summary>
    public void Deviates(ProblemList problems, string what, string remedy, string path) => problems.Deviation(what, remedy, path, PlaceOf(path));

    /// <summary>Reports a finding about a field.</summary>
    public void Notes(ProblemList problems, string what, string remedy, string path) => problems.Finding(what, remedy, path, PlaceOf(path));

    /// <summary>
    /// Reports a reference to something that is not there: an error where the whole house is known, a finding where only
    /// some files are (the rest may be on the server), unless they are read strictly.
    /// </summary>
    public void Dangles(ManifestSet all, ProblemList problems, string what, string remedy, string path)
    {
        if (all.Whole || problems.Strictness == Strictness.Strict) Wrong(problems, what, remedy, path);
        else Notes(problems, what, remedy, path);
    }

    /// <summary>Where a path is written.</summary>
    public SourcePlace PlaceOf(string path)
    {
        ManifestNode at = Document.Root;
        foreach (var step in path.Split('.'))
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? step : step[..bracket];
            if (at is not ManifestMapping mapping || mapping.Find(name) is not { } entry) return at.Place;
            at = entry.Value;
            while (bracket >= 0)
            {
                var end = step.IndexOf(']', bracket);
                if (at is not ManifestSequence list || !int.TryParse(step.AsSpan(bracket + 1, end - bracket - 1), out var index) || index >= list.Items.Count) return at.Place;
                at = list.Items[index];
                bracket = step.IndexOf('[', end);
            }
        }

        return at.Place;
    }
}
