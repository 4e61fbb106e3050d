using System.Collections.Frozen;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>All manifests that hold together, compiled and checked against each other. Immutable; shared by all readers.</summary>
public sealed class ManifestSet
{
    private readonly FrozenDictionary<ManifestKey, CompiledManifest> _byKey;
    private readonly FrozenDictionary<Type, CompiledManifest[]> _byType;
    private FrozenDictionary<ManifestKey, IReadOnlyList<Problem>> _problemsOf = FrozenDictionary<ManifestKey, IReadOnlyList<Problem>>.Empty;
    private readonly FrozenDictionary<Type, FrozenDictionary<string, CompiledManifest>> _byName;

    private ManifestSet(IReadOnlyList<CompiledManifest> all, bool whole)
    {
        All = all;
        Whole = whole;
        _byKey = all.DistinctBy(m => m.Key).ToFrozenDictionary(m => m.Key);
        var usable = all.Where(m => m.Spec is not null).GroupBy(m => m.Spec!.GetType()).ToArray();
        _byType = usable.ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _byName = usable.ToFrozenDictionary(g => g.Key, g => g.DistinctBy(m => m.Metadata.Name).ToFrozenDictionary(m => m.Metadata.Name));
    }

    /// <summary>No manifest.</summary>
    public static ManifestSet Empty { get; } = new([], whole: true);

    /// <summary>Every manifest, by kind and name.</summary>
    public IReadOnlyList<CompiledManifest> All { get; }

    /// <summary>True when nothing is missing: a reference to something that is not here dangles.</summary>
    public bool Whole { get; }

    /// <summary>Everything wrong or worth knowing: of each document alone and of all together.</summary>
    public IReadOnlyList<Problem> Problems => [.. All.Select(m => m.Key).Distinct().SelectMany(ProblemsOf)
        .OrderBy(p => p.Place?.File, StringComparer.Ordinal).ThenBy(p => p.Place?.Line ?? 0).ThenBy(p => p.Place?.Column ?? 0)];

    /// <summary>What is wrong with one manifest, by itself and among the others.</summary>
    public IReadOnlyList<Problem> ProblemsOf(ManifestKey key) => _problemsOf.GetValueOrDefault(key) ?? [];

    /// <summary>Puts compiled manifests together and checks them against each other.</summary>
    public static ManifestSet Build(IEnumerable<CompiledManifest> manifests, bool whole, Strictness strictness = Strictness.Lenient)
    {
        var all = manifests.OrderBy(m => m.Key).ToArray();
        var set = new ManifestSet(all, whole);
        var firsts = new Dictionary<ManifestKey, CompiledManifest>();
        var problems = new Dictionary<ManifestKey, ProblemList>();
        foreach (var manifest in all)
        {
            if (!problems.TryGetValue(manifest.Key, out var list)) problems[manifest.Key] = list = new(strictness, most: ProblemList.MostOfOne);
            list.AddRange(manifest.Problems);
            if (!firsts.TryAdd(manifest.Key, manifest) && manifest.Key.Name.Length > 0) ReportTwin(manifest, firsts[manifest.Key], list);
            else manifest.Kind?.Check(manifest, set, list);
        }

        set._problemsOf = problems.Where(p => p.Value.Problems.Count > 0).ToFrozenDictionary(p => p.Key, p => p.Value.Problems);
        return set;
    }

    /// <summary>The manifest of that key, or null.</summary>
    public CompiledManifest? Find(ManifestKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Every usable object of a type, by name.</summary>
    public IEnumerable<T> Of<T>() where T : class => Manifests<T>().Select(m => (T)m.Spec!);

    /// <summary>Every usable manifest whose object is of a type, by name.</summary>
    public IReadOnlyList<CompiledManifest> Manifests<T>() where T : class => _byType.GetValueOrDefault(typeof(T)) ?? [];

    /// <summary>The object of that type and name, or null.</summary>
    public T? Find<T>(string name) where T : class =>
        _byName.GetValueOrDefault(typeof(T))?.GetValueOrDefault(name)?.Spec as T;

    /// <summary>True where a manifest of that kind and name exists, also one whose own errors keep it from use.</summary>
    public bool Has(string apiVersion, string kind, string name) => _byKey.ContainsKey(new(apiVersion, kind, name));

    /// <summary>Names of a type closest to a written one, for a remedy; empty where none is close.</summary>
    public string DidYouMean<T>(string written) where T : class =>
        NearestName.Of(written, Manifests<T>().Select(m => m.Metadata.Name)) is { } meant ? $"Did you mean \"{meant}\"? " : "";

    private static void ReportTwin(CompiledManifest twin, CompiledManifest first, ProblemList problems) => problems.Invalid(
        $"There are two of {twin.Key}; the first is at {first.Place}.", "Give one another name, or remove it.", "metadata.name", twin.PlaceOf("metadata.name"));
}
