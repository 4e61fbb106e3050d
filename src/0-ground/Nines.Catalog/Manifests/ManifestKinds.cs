using System.Collections.Frozen;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>Every kind of the house; compiles single documents.</summary>
public sealed class ManifestKinds
{
    /// <summary>The version that is meant where none is named, in this order (contract.md).</summary>
    public static readonly IReadOnlyList<string> DefaultVersions = ["nines/v1", "openslo/v1"];

    private readonly FrozenDictionary<(string ApiVersion, string Kind), ManifestKind> _kinds;

    /// <summary>Collects kinds; one claimed twice is a mistake found at start.</summary>
    public ManifestKinds(IEnumerable<ManifestKind> kinds)
    {
        All = [.. kinds.OrderBy(k => k.Kind, StringComparer.Ordinal).ThenBy(k => k.ApiVersion, StringComparer.Ordinal)];
        var twice = All.GroupBy(k => (k.ApiVersion, k.Kind)).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"The kind {twice.Key.ApiVersion} {twice.Key.Kind} is registered by {string.Join(" and ", twice.Select(k => k.GetType().Name))}.");
        _kinds = All.ToFrozenDictionary(k => (k.ApiVersion, k.Kind));
    }

    /// <summary>All kinds, by name.</summary>
    public IReadOnlyList<ManifestKind> All { get; }

    /// <summary>The kind, or null.</summary>
    public ManifestKind? Find(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));

    /// <summary>The versions in which a kind exists, the default ones first; letter case and a plural s are forgiven, as people type.</summary>
    public IReadOnlyList<ManifestKind> Named(string kind) => [.. All
        .Where(k => k.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase) || (k.Kind + "s").Equals(kind, StringComparison.OrdinalIgnoreCase)
            || (kind.EndsWith("ies", StringComparison.OrdinalIgnoreCase) && k.Kind.Equals(kind[..^3] + "y", StringComparison.OrdinalIgnoreCase)))
        .OrderBy(k => k.ApiVersion == DefaultVersions[0] ? 0 : k.ApiVersion == DefaultVersions[1] ? 1 : 2)];

    /// <summary>Says that no kind of that name exists.</summary>
    public Problem Unknown(string kind)
    {
        var meant = NearestName.Of(kind, All.Select(k => k.Kind));
        return Problem.NotFound($"There is no kind \"{kind}\".", meant is null ? $"Known: {string.Join(", ", All.Select(k => k.Kind).Distinct())}." : $"Did you mean {meant}?");
    }

    /// <summary>Compiles one document; an unknown kind or version is a problem.</summary>
    /// <param name="document">As written.</param>
    /// <param name="strictness">How departures are taken.</param>
    /// <param name="id">The opaque id of a stored person; the name otherwise.</param>
    /// <param name="kept">True where the text will be kept.</param>
    public CompiledManifest Compile(ManifestDocument document, Strictness strictness = Strictness.Lenient, string? id = null, bool kept = false)
    {
        var problems = new ProblemList(strictness, kept, ProblemList.MostOfOne);
        var kind = Find(document.ApiVersion, document.Kind);
        if (kind is null)
        {
            ReportUnknown(document, problems);
            return new(document, null, new(document.Name, document.Name, document.Name, Nothing, Nothing), null, problems.Problems);
        }

        var spec = kind.Read(document, id, problems, out var metadata);
        return new(document, kind, metadata, problems.HasErrors ? null : spec, problems.Problems) { Draft = spec };
    }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private void ReportUnknown(ManifestDocument document, ProblemList problems)
    {
        var versions = All.Select(k => k.ApiVersion).Distinct().Order(StringComparer.Ordinal).ToArray();
        var (version, kind) = (document.Root.Find("apiVersion"), document.Root.Find("kind"));
        if (document.ApiVersion.Length == 0) problems.Invalid("This field is missing.", $"Write apiVersion: {string.Join(" or ", versions)}.", "apiVersion", version?.NamePlace ?? document.Place);
        else if (!versions.Contains(document.ApiVersion))
        {
            var remedy = document.ApiVersion.StartsWith("openslo", StringComparison.Ordinal)
                ? "Write openslo/v1; other versions of OpenSLO have other fields and must be converted first."
                : $"Write {string.Join(" or ", versions)}.";
            problems.Invalid($"\"{document.ApiVersion}\" is not a version that Nines reads.", remedy, "apiVersion", version!.Value.Place);
        }

        var known = All.Where(k => k.ApiVersion == document.ApiVersion).Select(k => k.Kind).ToArray();
        if (known.Length == 0) known = [.. All.Select(k => k.Kind).Distinct()];
        if (document.Kind.Length == 0) problems.Invalid("This field is missing.", $"Write kind: one of {string.Join(", ", known)}.", "kind", kind?.NamePlace ?? document.Place);
        else if (!known.Contains(document.Kind))
        {
            var elsewhere = All.FirstOrDefault(k => k.Kind == document.Kind);
            var meant = NearestName.Of(document.Kind, known);
            problems.Invalid($"There is no kind \"{document.Kind}\" in {document.ApiVersion}.",
                elsewhere is not null ? $"It belongs to {elsewhere.ApiVersion}." : meant is not null ? $"Did you mean {meant}?" : $"Known: {string.Join(", ", known)}.",
                "kind", kind!.Value.Place);
        }
    }
}
