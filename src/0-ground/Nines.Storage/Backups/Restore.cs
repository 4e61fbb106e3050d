using Nines.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Nines.Storage;

/// <summary>
/// Puts a backup back. It is unpacked beside the target and checked there; only a whole one takes the target's place, in
/// one rename.
/// </summary>
public static class Restore
{
    /// <summary>Where an archive is unpacked and checked before it takes the place of a data folder.</summary>
    public static string WorkFolder(string data) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)) + ".restoring";

    /// <summary>Restores into a data folder.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="data">The folder; made when it is not there.</param>
    /// <param name="replace">True to put a folder that holds something aside (it is kept under another name).</param>
    /// <param name="now">Names what is put aside.</param>
    /// <param name="stop">Ends it early; the target is then as it was.</param>
    /// <exception cref="StorageException">The archive is not whole, or the folder is in use or holds something.</exception>
    public static async Task<RestoreResult> IntoFolderAsync(string archive, string data, bool replace, Instant now, CancellationToken stop)
    {
        data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data));
        var holds = Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any();
        if (holds && !replace)
            throw new StorageException($"{data} is not empty. Name another folder, or add --replace to put what is there aside under another name; nothing was changed.");
        // Whoever works on the folder holds its lock; taking it proves that nobody does.
        if (holds) DataDirectory.Open(data).Dispose();
        var fresh = WorkFolder(data);
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        try
        {
            Directory.CreateDirectory(fresh);
            var manifest = await BackupArchive.ReadAsync(archive, fresh, stop);
            StoreCheck.Whole(fresh);
            DiskFlush.Folder(fresh);
            var aside = holds ? $"{data}.before-{InstantPattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss'Z'").Format(now)}" : null;
            if (aside is not null) Directory.Move(data, aside);
            else if (Directory.Exists(data)) Directory.Delete(data);
            Directory.Move(fresh, data);
            DiskFlush.Folder(Path.GetDirectoryName(data)!);
            return new(manifest, aside);
        }
        catch (Exception e) when (e is IOException and not StorageException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, data);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>Restores into an empty store of another kind (PostgreSQL).</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="target">The open, empty store.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="scratch">A folder with room for the archive's files.</param>
    /// <param name="stop">Ends it early; the target then holds a part and must be emptied.</param>
    public static async Task<RestoreResult> IntoStoreAsync(string archive, Store target, string name, string scratch, CancellationToken stop)
    {
        var fresh = Path.Combine(Path.GetFullPath(scratch), ".restore-" + Path.GetRandomFileName());
        Directory.CreateDirectory(fresh);
        try
        {
            var manifest = await BackupArchive.ReadAsync(archive, fresh, stop);
            StoreCheck.Whole(fresh);
            await using var source = await Store.OpenAsync(new(fresh), stop);
            await StoreCopy.CopyAsync(source, target, name, stop);
            return new(manifest, null);
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }
}

/// <summary>What a restore did.</summary>
/// <param name="Manifest">What was restored.</param>
/// <param name="PutAside">Where the folder's former contents are now; null where there were none.</param>
public sealed record RestoreResult(BackupManifest Manifest, string? PutAside);
