namespace Nines.Catalog.Manifests;

/// <summary>Bounds on what a manifest may cost to read, so that no text can fill memory or time.</summary>
/// <param name="Characters">Longest text of one file or body.</param>
/// <param name="Depth">Deepest nesting.</param>
/// <param name="Values">Most values in one document, aliases counted as often as they are used.</param>
/// <param name="Documents">Most documents in one text.</param>
public sealed record ManifestLimits(int Characters, int Depth, long Values, int Documents)
{
    /// <summary>16 Mi characters, 64 levels, 100 000 values, 50 000 documents.</summary>
    public static ManifestLimits Default { get; } = new(16 * 1024 * 1024, 64, 100_000, 50_000);
}
