using System.Security.Cryptography;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// Copies a store, also one in use, into a folder, and checks the copy. The journal goes first: what was concluded from
/// signals is then never older than the signals beside it, and conclusions are idempotent.
/// </summary>
internal static class BackupStaging
{
    /// <summary>From the files of an embedded store; readers do not disturb whoever works on them.</summary>
    public static async Task<BackupManifest> FromFilesAsync(string data, string staging, Instant now, CancellationToken stop)
    {
        if (!File.Exists(DataDirectory.JournalFile(data)))
            throw new StorageException($"There is no journal in {data}. Name the folder that \"nines serve\" was given with --data.");
        await GuardAsync(staging, async () =>
        {
            CopyDatabase(DataDirectory.JournalFile(data), DataDirectory.JournalFile(staging));
            // Segments before the blocks: a checkpoint in between may only forget what the blocks then hold.
            await CopySegmentsAsync(DataDirectory.SignalLogFolder(data), DataDirectory.SignalLogFolder(staging), stop);
            CopyDatabase(DataDirectory.SignalsFile(data), DataDirectory.SignalsFile(staging));
            CopyDatabase(DataDirectory.KeysFile(data), DataDirectory.KeysFile(staging));
        });
        return await SealAsync(staging, now, stop);
    }

    /// <summary>From any open store, through its ports.</summary>
    public static async Task<BackupManifest> FromStoreAsync(Store store, string staging, Instant now, CancellationToken stop)
    {
        await using (var copy = await Store.OpenAsync(new(staging), stop)) await StoreCopy.CopyAsync(store, copy, staging, stop);
        return await SealAsync(staging, now, stop);
    }

    /// <summary>Checks that the copy is whole and says what is in it.</summary>
    private static async Task<BackupManifest> SealAsync(string staging, Instant now, CancellationToken stop)
    {
        var (journal, checkpoint, signals) = StoreCheck.Whole(staging);
        var files = new List<BackupFile>();
        foreach (var path in Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(staging, path).Replace('\\', '/');
            if (!BackupArchive.Belongs(name)) continue;
            await using var stream = File.OpenRead(path);
            files.Add(new(name, stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop))));
        }

        return new(BackupManifest.CurrentFormat, now, journal, checkpoint, signals, files);
    }

    /// <summary>A consistent copy in one read transaction; later commits of the writer neither disturb it nor are in it.</summary>
    private static void CopyDatabase(string from, string to)
    {
        if (!File.Exists(from)) return;
        using var source = SqliteDatabase.OpenCopier(from);
        SqliteSchema.Check(source);
        using var copy = source.Prepare("VACUUM INTO ?1");
        copy.Bind(1, to).Run();
    }

    private static async Task CopySegmentsAsync(string from, string to, CancellationToken stop)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*.seg").Order(StringComparer.Ordinal))
        {
            try
            {
                await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
                await source.CopyToAsync(target, stop);
            }
            catch (FileNotFoundException)
            {
                // A checkpoint has just forgotten it; the blocks, copied next, hold what it held.
            }
        }
    }

    private static async Task GuardAsync(string staging, Func<Task> copy)
    {
        try
        {
            await copy();
        }
        catch (Exception e) when (e is IOException and not StorageException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, staging);
        }
    }
}
