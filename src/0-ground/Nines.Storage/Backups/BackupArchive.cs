using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Reads an archive and compares every file with the manifest's checksums.</summary>
public static partial class BackupArchive
{
    /// <summary>Checks an archive without unpacking it.</summary>
    /// <exception cref="StorageException">It is no backup, incomplete, damaged, or newer.</exception>
    public static Task<BackupManifest> VerifyAsync(string archive, CancellationToken stop) => ReadAsync(archive, null, stop);

    /// <summary>Unpacks an archive into an empty folder, checking as it goes.</summary>
    internal static async Task<BackupManifest> ReadAsync(string archive, string? into, CancellationToken stop)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var tar = new TarReader(file);
            var manifest = await ReadManifestAsync(tar, archive, stop);
            var missing = manifest.Files.ToDictionary(f => f.Name);
            while (await tar.GetNextEntryAsync(cancellationToken: stop) is { } entry)
            {
                if (!missing.Remove(entry.Name, out var expected) || !Belongs(entry.Name)) throw Damaged(archive, $"{entry.Name} does not belong there");
                await CheckAsync(entry, expected, into, archive, stop);
            }

            return missing.Count == 0 ? manifest : throw Damaged(archive, $"{missing.Keys.Order(StringComparer.Ordinal).First()} is missing");
        }
        catch (FileNotFoundException e)
        {
            throw new StorageException($"There is no file {archive}. Name the archive that \"nines backup\" wrote.", e);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException or JsonException)
        {
            throw Damaged(archive, "it ends early or is no tar archive", e);
        }
        catch (Exception e) when (e is IOException and not StorageException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, into ?? archive);
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(TarReader tar, string archive, CancellationToken stop)
    {
        if (await tar.GetNextEntryAsync(cancellationToken: stop) is not { Name: BackupManifest.Name, DataStream: { } text }) throw Damaged(archive, "it has no manifest");
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, HouseJson.Options, stop) ?? throw Damaged(archive, "its manifest is empty");
        return manifest.Format <= BackupManifest.CurrentFormat ? manifest : throw new StorageException(
            $"{archive} was written by a newer Nines (format {manifest.Format}; this one knows {BackupManifest.CurrentFormat}). Restore it with that version; nothing was changed.");
    }

    private static async Task CheckAsync(TarEntry entry, BackupFile expected, string? into, string archive, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        await using var target = into is null ? Stream.Null : Create(into, expected.Name);
        long bytes = 0;
        if (entry.DataStream is { } data)
        {
            for (int read; (read = await data.ReadAsync(buffer, stop)) > 0; bytes += read)
            {
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }

        if (bytes != expected.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != expected.Sha256) throw Damaged(archive, $"{expected.Name} is not what was backed up");
        if (target is FileStream written) DiskFlush.Data(written.SafeFileHandle);
    }

    private static FileStream Create(string into, string name)
    {
        var path = Path.Combine(into, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
    }

    private static StorageException Damaged(string archive, string what, Exception? inner = null) =>
        new($"{archive} is no whole backup: {what}. Take another archive; nothing was changed.", inner);

    /// <summary>True for the names that a backup holds beside its manifest.</summary>
    internal static bool Belongs(string name) => AllowedName().IsMatch(name);

    // An archive may come from anywhere: nothing but these names is ever written.
    [GeneratedRegex(@"\A(journal\.db|signals\.db|keys\.db|signals\.log/[0-9]{19}\.seg)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AllowedName();
}
