using System.Runtime.CompilerServices;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>
/// The objectives that the house's manifests define, worked out once per state. An objective whose manifests did not
/// change stays the same object, so that the engine touches only what did.
/// </summary>
internal sealed class ManifestObjectives(CompiledManifests compiled) : IObjectiveDefinitions
{
    private readonly ConditionalWeakTable<ManifestSet, IReadOnlyList<Objective>> _lists = [];
    private readonly ConditionalWeakTable<CompiledManifest, Made> _made = [];

    /// <inheritdoc />
    public IReadOnlyList<Objective> From(HouseState state) => From(compiled.For(state));

    /// <summary>The objectives of a set of manifests.</summary>
    internal IReadOnlyList<Objective> From(ManifestSet all) => _lists.GetValue(all, Compile);

    private IReadOnlyList<Objective> Compile(ManifestSet all)
    {
        var objectives = new List<Objective>();
        foreach (var group in ObjectiveCompiler.Groups(all))
        {
            if (!_made.TryGetValue(group.Manifest, out var made) || !made.Inputs.SequenceEqual(group.Inputs, ReferenceEqualityComparer.Instance))
            {
                made = new(group.Inputs, group.Compile());
                _made.AddOrUpdate(group.Manifest, made);
            }

            objectives.AddRange(made.Objectives);
        }

        return objectives;
    }

    private sealed record Made(IReadOnlyList<CompiledManifest> Inputs, IReadOnlyList<Objective> Objectives);
}
