using Nines.Kernel;

namespace Nines.Measuring.Sources.Cli;

/// <summary>The folder of manifests that init writes. What is there already belongs to its reader and stays as it is.</summary>
internal static class InitFolder
{
    /// <summary>What became of the files.</summary>
    /// <param name="Files">As they stand in the folder now.</param>
    /// <param name="Written">Names of those that were written.</param>
    /// <param name="Kept">Names of those that say something else than was proposed, and were kept.</param>
    internal sealed record Result(IReadOnlyList<ProposedFile> Files, IReadOnlyList<string> Written, IReadOnlyList<string> Kept);

    /// <summary>Writes what is missing.</summary>
    public static Outcome<Result> Write(string folder, IReadOnlyList<ProposedFile> proposed)
    {
        var (files, written, kept) = (new List<ProposedFile>(), new List<string>(), new List<string>());
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in proposed)
            {
                var path = Path.Combine(folder, file.Name);
                if (File.Exists(path))
                {
                    var there = File.ReadAllText(path);
                    if (there != file.Text) kept.Add(file.Name);
                    files.Add(new(file.Name, there));
                    continue;
                }

                // Under its name only once it is whole: an end in between leaves no torn manifest.
                File.WriteAllText(path + ".part", file.Text);
                File.Move(path + ".part", path, overwrite: true);
                written.Add(file.Name);
                files.Add(file);
            }

            return new Result(files, written, kept);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemKind.Unavailable, $"The manifests cannot be written to {folder}: {failed.Message}", "Name a folder that can be written with --out.");
        }
    }
}
