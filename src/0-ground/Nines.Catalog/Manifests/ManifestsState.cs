using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>A manifest as it is kept.</summary>
/// <param name="Key">What tells it from others.</param>
/// <param name="Source">Its text; sealed where <paramref name="Sealed"/>.</param>
/// <param name="Sealed">True where the text says something about a person.</param>
/// <param name="File">The watched file that owns it; null where it was applied by hand.</param>
/// <param name="Line">The line of that file.</param>
/// <param name="Revision">Counts its changes.</param>
/// <param name="At">When it was last changed.</param>
/// <param name="Position">The journal position of that change.</param>
public sealed record StoredManifest(
    ManifestKey Key, string Source, bool Sealed, string? File, int Line, long Revision, Instant At, long Position);

/// <summary>Every manifest as text. Typed objects are compiled from it (<see cref="CompiledManifests"/>).</summary>
/// <param name="All">By key.</param>
public sealed record ManifestsState(ImmutableSortedDictionary<ManifestKey, StoredManifest> All)
{
    /// <summary>No manifest yet.</summary>
    public static ManifestsState None { get; } = new(ImmutableSortedDictionary<ManifestKey, StoredManifest>.Empty);
}

/// <summary>Folds what was applied and deleted.</summary>
public sealed class ManifestsFold : Fold<ManifestsState>
{
    /// <summary>The journal's stream of one manifest.</summary>
    public static StreamName StreamOf(ManifestKey key) => new("manifest", $"{key.ApiVersion}/{key.Kind}/{key.Name}");

    /// <inheritdoc />
    public override string Room => "manifests";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ManifestsState Empty => ManifestsState.None;

    /// <inheritdoc />
    public override ManifestsState Apply(ManifestsState state, in Recorded happened) => happened.Event switch
    {
        ManifestApplied e => new(state.All.SetItem(new(e.ApiVersion, e.Kind, e.Name), Stored(e, happened.Entry))),
        ManifestDeleted e => new(state.All.Remove(new(e.ApiVersion, e.Kind, e.Name))),
        _ => state,
    };

    /// <inheritdoc />
    public override ManifestsState ApplyBatch(ManifestsState state, ReadOnlySpan<Recorded> batch)
    {
        ImmutableSortedDictionary<ManifestKey, StoredManifest>.Builder? all = null;
        foreach (ref readonly var happened in batch)
        {
            if (happened.Event is ManifestApplied applied) (all ??= state.All.ToBuilder())[new(applied.ApiVersion, applied.Kind, applied.Name)] = Stored(applied, happened.Entry);
            else if (happened.Event is ManifestDeleted gone) (all ??= state.All.ToBuilder()).Remove(new ManifestKey(gone.ApiVersion, gone.Kind, gone.Name));
        }

        return all is null ? state : new(all.ToImmutable());
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(ManifestsState state) => JsonSerializer.SerializeToUtf8Bytes(state.All.Values.ToArray(), HouseJson.Options);

    /// <inheritdoc />
    public override ManifestsState Load(ReadOnlyMemory<byte> data)
    {
        var rows = JsonSerializer.Deserialize<StoredManifest[]>(data.Span, HouseJson.Options) ?? [];
        return new(rows.ToImmutableSortedDictionary(r => r.Key, r => r));
    }

    private static StoredManifest Stored(ManifestApplied e, JournalEntry entry) =>
        new(new(e.ApiVersion, e.Kind, e.Name), e.Source, e.Sealed, e.File, e.Line, e.Revision, entry.At, entry.Position);
}
