using System.Runtime.CompilerServices;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>
/// The typed side of the manifests: compiled once per state and kept as long as that state is. Ask it with the state
/// that you hold, so that what you read belongs together.
/// </summary>
public sealed class CompiledManifests(ManifestKinds kinds, IPersonKeys keys)
{
    private readonly ConditionalWeakTable<ManifestsState, ManifestSet> _sets = [];
    private readonly ConditionalWeakTable<StoredManifest, CompiledManifest> _manifests = [];

    /// <summary>The kinds of the house.</summary>
    public ManifestKinds Kinds { get; } = kinds;

    /// <summary>All manifests of a house state.</summary>
    public ManifestSet For(HouseState state) => For(state.Get<ManifestsState>());

    /// <summary>All manifests of a state.</summary>
    public ManifestSet For(ManifestsState state) =>
        _sets.GetValue(state, s => ManifestSet.Build(s.All.Values.Select(Compile).OfType<CompiledManifest>(), whole: true));

    /// <summary>One stored manifest, compiled; null where its person was erased or the text no longer reads.</summary>
    public CompiledManifest? Compile(StoredManifest stored)
    {
        if (_manifests.TryGetValue(stored, out var known)) return known;
        if (TextOf(stored) is not { } text) return null;
        var documents = ManifestParser.Parse(text, stored.File, new(), firstLine: Math.Max(1, stored.Line));
        if (documents.Count == 0) return null;
        var compiled = Kinds.Compile(documents[0], id: stored.Key.Name) with { Stored = stored };
        _manifests.AddOrUpdate(stored, compiled);
        return compiled;
    }

    /// <summary>The text of a stored manifest, opened; null where its person was erased.</summary>
    public string? TextOf(StoredManifest stored) => stored.Sealed ? PersonSeal.Open(keys.Find(stored.Key.Name), stored.Source) : stored.Source;
}
