namespace Nines.Responding.StatusPages;

/// <summary>
/// Writes a page's files into a folder while a web server serves it: each file is written beside its place and put there whole,
/// the first page last; what a former writing left and this one does not have is taken away. Files that are not ours stay.
/// </summary>
public static class StaticFolder
{
    // Names what is ours, so that nothing else is ever deleted.
    private const string List = ".nines-files";

    /// <summary>Writes them; what is there already and the same is left alone. Answers how many files were written.</summary>
    public static async Task<int> WriteAsync(string folder, IReadOnlyList<(string Path, byte[] Body)> files, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var list = Path.Combine(folder, List);
        string[] before = File.Exists(list) ? await File.ReadAllLinesAsync(list, stop) : [];
        string[] now = [.. files.Select(f => f.Path).Order(StringComparer.Ordinal)];
        // Named before they are there: a crash in between leaves nothing behind that the next writing does not know.
        await PutAsync(list, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', before.Union(now, StringComparer.Ordinal))), stop);
        var written = 0;
        foreach (var (path, body) in files.OrderBy(f => f.Path == "index.html"))
            if (await PutAsync(Place(folder, path), body, stop)) written++;
        foreach (var gone in before.Except(now, StringComparer.Ordinal)) File.Delete(Place(folder, gone));
        await PutAsync(list, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', now)), stop);
        return written;
    }

    private static async Task<bool> PutAsync(string file, byte[] body, CancellationToken stop)
    {
        if (File.Exists(file) && new FileInfo(file).Length == body.Length && (await File.ReadAllBytesAsync(file, stop)).AsSpan().SequenceEqual(body)) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = file + ".new";
        await File.WriteAllBytesAsync(beside, body, stop);
        File.Move(beside, file, overwrite: true);
        return true;
    }

    /// <summary>No name leads out of the folder, whoever wrote the list.</summary>
    private static string Place(string folder, string path)
    {
        var place = Path.GetFullPath(Path.Combine(folder, path));
        return place.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? place : throw new IOException($"{path} is no file of a status page.");
    }
}
