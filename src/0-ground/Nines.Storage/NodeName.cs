using System.Security.Cryptography;

namespace Nines.Storage;

/// <summary>The lasting name of a node, made once and kept in its folder: with a shared store its signals go by it.</summary>
internal static class NodeName
{
    public static string Read(string folder)
    {
        var file = Path.Combine(folder, "node");
        try
        {
            if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } known) return known;
            var name = RandomNumberGenerator.GetHexString(20, lowercase: true);
            File.WriteAllText(file, name + "\n");
            DiskFlush.Folder(folder);
            return name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, file);
        }
    }
}
