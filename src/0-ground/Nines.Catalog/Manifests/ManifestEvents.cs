using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>A person's intent was taken: a manifest is new or has changed.</summary>
/// <param name="ApiVersion">Such as <c>nines/v1</c>.</param>
/// <param name="Kind">Such as <c>Service</c>.</param>
/// <param name="Name">Its name; an opaque id where the kind is personal.</param>
/// <param name="Source">Its text as sent; sealed with the person's key where <paramref name="Sealed"/>.</param>
/// <param name="Sealed">True where the text says something about a person.</param>
/// <param name="File">The watched file that owns it, relative to its folder; null where it was applied by hand.</param>
/// <param name="Line">The line of that file on which it begins.</param>
/// <param name="Revision">Counts the changes of this manifest, from 1.</param>
[EventType("manifests.applied.v1")]
public sealed record ManifestApplied(string ApiVersion, string Kind, string Name, string Source, bool Sealed, string? File, int Line, long Revision);

/// <summary>A manifest was withdrawn.</summary>
/// <param name="ApiVersion">Such as <c>nines/v1</c>.</param>
/// <param name="Kind">Such as <c>Service</c>.</param>
/// <param name="Name">Its name; an opaque id where the kind is personal.</param>
/// <param name="Revision">One more than the last.</param>
[EventType("manifests.deleted.v1")]
public sealed record ManifestDeleted(string ApiVersion, string Kind, string Name, long Revision);

/// <summary>A change was made against objections of a review; the change itself follows in the same commit.</summary>
/// <param name="Reason">Why, as whoever forced it wrote.</param>
/// <param name="Objections">What the reviews said; at most twenty.</param>
[EventType("manifests.forced.v1")]
public sealed record ManifestsForced(string Reason, IReadOnlyList<string> Objections);
