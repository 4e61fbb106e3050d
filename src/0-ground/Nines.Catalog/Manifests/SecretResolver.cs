using System.Text;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>Reads a secret where its reference says, each time anew, so that a rotated secret is used at once.</summary>
public static class SecretResolver
{
    // A secret is a line, not a file to be swallowed whole.
    private const int LongestSecret = 64 * 1024;

    /// <summary>The secret, without the line break at its end; a problem that names the reference but never the content.</summary>
    public static Outcome<string> Resolve(SecretReference reference)
    {
        if (reference.Scheme == "env")
        {
            return Environment.GetEnvironmentVariable(reference.Name) is { Length: > 0 } value
                ? value
                : Missing($"The environment variable {reference.Name} is not set.", $"Start Nines with {reference.Name} set.");
        }

        try
        {
            var file = new FileInfo(reference.Name);
            if (!file.Exists) return Missing($"There is no file {reference.Name}.", "Create it with the secret as its only line.");
            if (file.Length > LongestSecret) return Missing($"The file {reference.Name} is larger than a secret can be.", $"Keep it below {LongestSecret} bytes.");
            var text = File.ReadAllText(reference.Name, Encoding.UTF8).TrimEnd('\r', '\n');
            return text.Length > 0 ? text : Missing($"The file {reference.Name} is empty.", "Write the secret into it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Missing($"The file {reference.Name} cannot be read: {e.Message}", "Let the user that runs Nines read it.");
        }
    }

    private static Problem Missing(string what, string remedy) => new(ProblemKind.Unavailable, what, remedy);
}
