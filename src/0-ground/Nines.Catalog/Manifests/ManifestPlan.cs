using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>What became of one manifest of a call.</summary>
/// <param name="ApiVersion">Version.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name as people write it.</param>
/// <param name="Change"><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>deleted</c>.</param>
/// <param name="Revision">Its revision afterwards.</param>
public sealed record ManifestChange(string ApiVersion, string Kind, string Name, string Change, long Revision);

/// <summary>
/// What applying documents to a house would come to: pure, so that a dry run, a call and a watched folder decide alike.
/// </summary>
/// <param name="Changes">One for each document.</param>
/// <param name="Events">What to write; empty where nothing changes.</param>
/// <param name="Errors">What refuses the call.</param>
/// <param name="Findings">What is worth knowing about the documents of the call.</param>
/// <param name="Next">All manifests as they would be.</param>
internal sealed record ManifestPlan(
    IReadOnlyList<ManifestChange> Changes, IReadOnlyList<ManifestApplied> Events, IReadOnlyList<Problem> Errors, IReadOnlyList<Problem> Findings, ManifestSet Next)
{
    /// <summary>Plans a call.</summary>
    /// <param name="now">All manifests as they are.</param>
    /// <param name="documents">The compiled documents of the call.</param>
    /// <param name="seals">For personal documents: the opaque id and the sealed text.</param>
    /// <param name="owner">The watched file that brings them; null where they come by hand.</param>
    public static ManifestPlan For(ManifestSet now, IReadOnlyList<CompiledManifest> documents, IReadOnlyDictionary<CompiledManifest, SealedText> seals, Func<CompiledManifest, string?> owner)
    {
        var keys = documents.Select(d => d.Key).ToHashSet();
        var next = ManifestSet.Build(now.All.Where(m => !keys.Contains(m.Key)).Concat(documents), whole: true);
        var (changes, events, errors) = (new List<ManifestChange>(), new List<ManifestApplied>(), new List<Problem>());
        foreach (var document in documents)
        {
            var known = now.Find(document.Key)?.Stored;
            var file = owner(document);
            if (known?.File is { } other && other != file)
                errors.Add(Problem.Conflict($"{document.Key} belongs to the watched file {other}, line {known.Line}.", "Change it there; what a folder owns is read-only elsewhere.", "metadata.name") with { Place = document.Place });
            var same = known is not null && known.File == file && now.Find(document.Key)!.Document.Source == document.Document.Source;
            // A document that only moved within its file keeps its revision.
            var moved = same && file is not null && known!.Line != document.Document.Line;
            var revision = (known?.Revision ?? 0) + (same ? 0 : 1);
            changes.Add(new(document.Key.ApiVersion, document.Key.Kind, document.Key.Name, known is null ? "created" : same ? "unchanged" : "updated", revision));
            if (!same || moved) events.Add(Event(document, seals.GetValueOrDefault(document), file, revision));
        }

        errors.AddRange(keys.SelectMany(next.ProblemsOf).Where(p => p.IsError));
        errors.AddRange(NewErrors(now, next, keys));
        return new(changes, events, errors, [.. keys.Order().SelectMany(next.ProblemsOf).Where(p => !p.IsError)], next);
    }

    /// <summary>Errors that the rest of the house would get by a change; those that it has already do not refuse it.</summary>
    public static IEnumerable<Problem> NewErrors(ManifestSet now, ManifestSet next, IReadOnlySet<ManifestKey> changed) => next.All
        .Select(m => m.Key).Where(k => !changed.Contains(k))
        .SelectMany(k => next.ProblemsOf(k).Where(p => p.IsError && !now.ProblemsOf(k).Contains(p)));

    private static ManifestApplied Event(CompiledManifest manifest, SealedText? seal, string? file, long revision) => seal is null
        ? new(manifest.Key.ApiVersion, manifest.Key.Kind, manifest.Key.Name, manifest.Document.Source, false, file, manifest.Document.Line, revision)
        : new(manifest.Key.ApiVersion, manifest.Key.Kind, seal.Person, seal.Text, true, file, manifest.Document.Line, revision);
}

/// <summary>A text about a person, encrypted.</summary>
/// <param name="Person">The opaque id.</param>
/// <param name="Text">The sealed text.</param>
internal sealed record SealedText(string Person, string Text);
