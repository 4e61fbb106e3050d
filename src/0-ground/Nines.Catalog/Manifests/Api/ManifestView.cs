using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>A manifest as it is answered.</summary>
/// <param name="ApiVersion">Version.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Revision">Counts its changes.</param>
/// <param name="At">When it was last changed.</param>
/// <param name="Owner">The watched file that owns it; null where it was applied by hand.</param>
/// <param name="Manifest">Its values.</param>
/// <param name="Source">Its text as sent.</param>
/// <param name="Problems">What is wrong with it, or worth knowing, in the house as it is.</param>
internal sealed record ManifestView(
    string ApiVersion, string Kind, string Name, string DisplayName, long Revision, Instant? At, OwnerView? Owner, JsonElement Manifest, string Source, IReadOnlyList<Problem> Problems)
{
    public static ManifestView Of(CompiledManifest manifest, ManifestSet all)
    {
        var stored = manifest.Stored;
        using var values = JsonDocument.Parse(ManifestText.ToJson(manifest.Document.Root));
        return new(manifest.Key.ApiVersion, manifest.Key.Kind, manifest.Key.Name, manifest.Metadata.DisplayName, stored?.Revision ?? 0, stored?.At,
            stored?.File is { } file ? new(file, stored.Line) : null, values.RootElement.Clone(), manifest.Document.Source, all.ProblemsOf(manifest.Key));
    }
}

/// <summary>Who owns a manifest.</summary>
internal sealed record OwnerView(string File, int Line);
