using System.Text;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>Reads files of manifests: bounded, as UTF-8, with a problem instead of an exception.</summary>
public static class ManifestFiles
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Files that a path means: itself, or all manifests below a folder.</summary>
    public static Outcome<IReadOnlyList<string>> Expand(string path)
    {
        if (Directory.Exists(path))
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            return files.Length > 0 ? files : Problem.Invalid($"There is no manifest in \"{path}\".", "Files end with .yaml, .yml or .json.");
        }

        return File.Exists(path) ? new[] { path } : Problem.Invalid($"There is no file \"{path}\".", "Check the path.");
    }

    /// <summary>The text of a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    public static Outcome<string> Read(string path, string name)
    {
        try
        {
            var size = new FileInfo(path).Length;
            if (size > 4L * ManifestLimits.Default.Characters) return Problem.Invalid($"The file has {size} bytes.", $"Keep it below {ManifestLimits.Default.Characters}.", null, new(name, 1, 1));
            return Decode(File.ReadAllBytes(path), name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Problem.Invalid($"The file cannot be read: {e.Message}", "Let the user that runs Nines read it.", null, new(name, 1, 1));
        }
    }

    /// <summary>Bytes as text; bytes that are no UTF-8 are a problem with their place.</summary>
    public static Outcome<string> Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            return Problem.Invalid("There are bytes here that are no UTF-8.", "Save the text as UTF-8.", null, new(name, line, 1));
        }
    }
}
