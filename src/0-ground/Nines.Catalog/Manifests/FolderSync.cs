using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>What a watched folder holds at a moment.</summary>
/// <param name="Files">Every file that was read, relative to the folder.</param>
/// <param name="Documents">Their documents, compiled; a document's place names its file.</param>
/// <param name="Problems">What reading the files found.</param>
internal sealed record FolderReading(IReadOnlyList<string> Files, IReadOnlyList<CompiledManifest> Documents, IReadOnlyList<Problem> Problems);

/// <summary>
/// What a watched folder changes. A broken file changes nothing: its last good version stays until it is mended.
/// </summary>
/// <param name="Applied">What is new or changed.</param>
/// <param name="Deleted">What left the folder.</param>
/// <param name="BrokenFiles">Files whose last good version stays.</param>
/// <param name="Problems">Everything that is wrong or worth knowing.</param>
internal sealed record FolderSync(
    IReadOnlyList<ManifestApplied> Applied, IReadOnlyList<ManifestDeleted> Deleted, IReadOnlyList<string> BrokenFiles, IReadOnlyList<Problem> Problems)
{
    /// <summary>Decides; files that break the whole are left out one after the other until the rest holds together.</summary>
    public static FolderSync Decide(ManifestSet now, FolderReading folder, IReadOnlyDictionary<CompiledManifest, SealedText> seals)
    {
        var broken = folder.Problems.Concat(folder.Documents.SelectMany(d => d.Problems)).Where(p => p.IsError).Select(FileOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var problems = folder.Problems.Concat(folder.Documents.Where(d => broken.Contains(FileOf(d))).SelectMany(d => d.Problems)).ToList();
        while (true)
        {
            var good = folder.Documents.Where(d => !broken.Contains(FileOf(d))).ToArray();
            var gone = Gone(now, folder, good, broken);
            var rest = ManifestSet.Build(now.All.Where(m => !gone.Contains(m.Key)), whole: true);
            var plan = ManifestPlan.For(rest, good, seals, FileOf);
            var errors = plan.Errors.Where(e => e.Kind != ProblemKind.Conflict || e.Place is null || !TakenOver(now, good, e)).ToArray();
            var culprits = errors.Select(FileOf).OfType<string>().Where(f => !broken.Contains(f) && folder.Files.Contains(f)).ToArray();
            if (culprits.Length > 0)
            {
                problems.AddRange(errors);
                broken.UnionWith(culprits);
                continue;
            }

            // What is left wrong belongs to manifests outside the folder; it is shown and refuses nothing here.
            return new(plan.Events, [.. gone.Select(k => now.Find(k)!.Stored!).Select(s => new ManifestDeleted(s.Key.ApiVersion, s.Key.Kind, s.Key.Name, s.Revision + 1))],
                [.. broken.Order(StringComparer.Ordinal)], [.. problems, .. errors, .. plan.Findings]);
        }
    }

    private static HashSet<ManifestKey> Gone(ManifestSet now, FolderReading folder, CompiledManifest[] good, HashSet<string> broken)
    {
        var held = good.Select(d => d.Key).ToHashSet();
        return [.. now.All.Where(m => m.Stored?.File is { } file && !broken.Contains(file) && !held.Contains(m.Key)).Select(m => m.Key)];
    }

    /// <summary>A manifest that moved from one file of the folder to another is no conflict: the folder owns both.</summary>
    private static bool TakenOver(ManifestSet now, CompiledManifest[] good, Problem conflict) =>
        good.Any(d => d.Place == conflict.Place && now.Find(d.Key)?.Stored?.File is not null);

    private static string FileOf(CompiledManifest manifest) => manifest.Place.File ?? "";

    private static string? FileOf(Problem problem) => problem.Place?.File;
}
