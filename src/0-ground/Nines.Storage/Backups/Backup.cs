using System.Formats.Tar;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// Takes a backup of a store, also of one in use: a tar archive with a manifest first, then SQLite files and segments. A
/// store on PostgreSQL gives the same archive, so that either kind can be restored into the other.
/// </summary>
public static class Backup
{
    /// <summary>Backs up the embedded store in a folder; a server that works on it is not disturbed.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="to">Where the archive goes; written forwards only.</param>
    /// <param name="now">The time that the manifest names.</param>
    /// <param name="stop">Ends it early; the archive is then incomplete and restore refuses it.</param>
    /// <exception cref="StorageException">The store is damaged or there is no room for the copy.</exception>
    public static Task<BackupManifest> WriteAsync(string data, Stream to, Instant now, CancellationToken stop) =>
        WriteAsync(Path.GetFullPath(data), staging => BackupStaging.FromFilesAsync(Path.GetFullPath(data), staging, now, stop), to, stop);

    /// <summary>Backs up an open store: its files where it is embedded, else through its ports.</summary>
    public static Task<BackupManifest> WriteAsync(Store store, Stream to, Instant now, CancellationToken stop) => store.Folder is { } folder
        ? WriteAsync(folder, to, now, stop)
        : WriteAsync(Path.GetTempPath(), staging => BackupStaging.FromStoreAsync(store, staging, now, stop), to, stop);

    private static async Task<BackupManifest> WriteAsync(string beside, Func<string, Task<BackupManifest>> stage, Stream to, CancellationToken stop)
    {
        // On the store's own disk: what fits there once can be compared with its free space; a temp folder may be small.
        var staging = Path.Combine(beside, ".backup-" + Path.GetRandomFileName());
        Directory.CreateDirectory(staging);
        try
        {
            var manifest = await stage(staging);
            await using var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
            var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, HouseJson.Indented));
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = text }, stop);
            foreach (var file in manifest.Files)
            {
                // Given as a stream, the entry carries no user and group of this machine.
                await using var data = File.OpenRead(Path.Combine(staging, file.Name));
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, file.Name) { DataStream = data }, stop);
            }

            return manifest;
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
