namespace Nines.Catalog.Manifests;

/// <summary>
/// Remembers which fields a kind asked for, so that those which nobody asked for can be reported with the nearest name
/// that is known there.
/// </summary>
internal sealed class FieldsAsked(ProblemList problems)
{
    private readonly Dictionary<ManifestMapping, (string Path, HashSet<string> Names)> _asked = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ManifestNode> _wrongType = new(ReferenceEqualityComparer.Instance);

    public ProblemList Problems { get; } = problems;

    public void Note(ManifestMapping mapping, string name, string path)
    {
        if (!_asked.TryGetValue(mapping, out var known)) _asked[mapping] = known = (path, new(StringComparer.Ordinal));
        known.Names.Add(name);
    }

    /// <summary>True the first time, so that a value of a wrong type is reported once.</summary>
    public bool NoteWrongType(ManifestNode node) => _wrongType.Add(node);

    public void ReportUnknown()
    {
        foreach (var (mapping, (path, names)) in _asked)
            foreach (var entry in mapping.Entries)
            {
                if (names.Contains(entry.Name)) continue;
                var whole = path.Length > 0 ? $"{path}.{entry.Name}" : entry.Name;
                Problems.Invalid($"There is no field \"{entry.Name}\" here.", Remedy(entry.Name, names), whole, entry.NamePlace);
            }
    }

    private static string Remedy(string written, HashSet<string> names) => NearestName.Of(written, names) is { } meant
        ? $"Did you mean \"{meant}\"?"
        : $"Known here: {string.Join(", ", names.Order(StringComparer.Ordinal))}.";
}
