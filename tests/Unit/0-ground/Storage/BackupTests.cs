using System.Formats.Tar;
using System.Text;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Storage;

public sealed class BackupTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 12, 0);

    private readonly TempFolder _folder = new();

    private string Data => _folder.File("data");

    private string Archive => _folder.File("backup.tar");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restore_OfABackup_GivesEverythingBack()
    {
        byte[] key;
        await using (var store = await Store.OpenAsync(new(Data)))
        {
            key = await StoreSample.FillAsync(store);
            var manifest = await BackUpAsync(store);
            Assert.Equal((3L, 2L, 4L), (manifest.JournalPosition, manifest.SignalCheckpoint, manifest.SignalPosition));
            Assert.Equal(Noon, manifest.TakenAt);
        }

        Assert.Equal(["data", "backup.tar"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).OrderDescending());
        var target = _folder.File("restored");
        await Restore.IntoFolderAsync(Archive, target, replace: false, Noon, default);
        await using var restored = await Store.OpenAsync(new(target));
        await StoreSample.CheckAsync(restored, key);
        Assert.Equal(5, await restored.Signals.AppendLogAsync(1, 1, "five"u8.ToArray(), default));
        Assert.Equal([2], (await restored.Journal.AppendAsync(3, [StoreSample.Entry("b", "4")], default)).Versions);
    }

    [Fact]
    public async Task WriteAsync_WhileOthersAppend_IsAPrefixOfWhatWasWritten()
    {
        await using var store = await Store.OpenAsync(new(Data));
        using var enough = new CancellationTokenSource();
        var appending = AppendUntilAsync(store, enough.Token);
        BackupManifest manifest;
        do
        {
            File.Delete(Archive);
            manifest = await BackUpAsync(store);
        }
        while (manifest.JournalPosition < 20);
        await enough.CancelAsync();
        await appending;

        await Restore.IntoFolderAsync(Archive, _folder.File("restored"), replace: false, Noon, default);
        await using var restored = await Store.OpenAsync(new(_folder.File("restored")));
        Assert.Equal(manifest.JournalPosition, await restored.Journal.HeadAsync(default));
        await foreach (var entry in restored.Journal.ReadAsync(0, default)) Assert.Equal($"{entry.Position}", Encoding.UTF8.GetString(entry.Data.Span));
        var position = await restored.Signals.CheckpointPositionAsync(default);
        await foreach (var record in restored.Signals.ReadLogAsync(0, default)) Assert.Equal(++position, record.Position);
        Assert.Equal(manifest.SignalPosition, position);
    }

    [Fact]
    public async Task WriteAsync_NoJournal_SaysWhere()
    {
        var refused = await Assert.ThrowsAsync<StorageException>(() => Backup.WriteAsync(_folder.Path, new MemoryStream(), Noon, default));
        Assert.Equal($"There is no journal in {_folder.Path}. Name the folder that \"nines serve\" was given with --data.", refused.Message);
    }

    [Fact]
    public async Task Restore_FolderNotEmpty_IsRefusedUnlessTold()
    {
        await BackedUpAsync();
        File.WriteAllText(Path.Combine(Data, "precious"), "x");

        await RefusedAsync($"{Data} is not empty. Name another folder, or add --replace to put what is there aside under another name; nothing was changed.", Data);
        var result = await Restore.IntoFolderAsync(Archive, Data, replace: true, Noon, default);
        Assert.Equal(Data + ".before-20261121T120000Z", result.PutAside);
        Assert.True(File.Exists(Path.Combine(result.PutAside!, "precious")));
        Assert.False(File.Exists(Path.Combine(Data, "precious")));
    }

    [Fact]
    public async Task Restore_FolderInUse_IsRefused()
    {
        await BackedUpAsync();
        await using var store = await Store.OpenAsync(new(Data));

        var refused = await Assert.ThrowsAsync<StorageException>(() => Restore.IntoFolderAsync(Archive, Data, replace: true, Noon, default));
        Assert.Equal($"Another Nines works on {Data}. End it first, or give this one a folder of its own with --data.", refused.Message);
    }

    [Fact]
    public async Task Restore_OneByteChanged_IsRefused()
    {
        await BackedUpAsync();
        var bytes = await File.ReadAllBytesAsync(Archive);
        var at = bytes.AsSpan().IndexOf("SQLite format 3"u8) + 3_000;
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(Archive, bytes);

        await RefusedAsync($"{Archive} is no whole backup: journal.db is not what was backed up. Take another archive; nothing was changed.");
    }

    [Fact]
    public async Task Restore_CutShort_IsRefusedWhereverItEnds()
    {
        await BackedUpAsync();
        var bytes = await File.ReadAllBytesAsync(Archive);
        for (var length = 0; length < bytes.Length - 1_024; length += 1 + (bytes.Length / 40))
        {
            await File.WriteAllBytesAsync(Archive, bytes[..length]);
            var refused = await Assert.ThrowsAsync<StorageException>(() => Restore.IntoFolderAsync(Archive, _folder.File("restored"), replace: false, Noon, default));
            Assert.StartsWith($"{Archive} is no whole backup: ", refused.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.File("restored")));
        }
    }

    [Fact]
    public async Task Restore_NotAnArchive_IsRefused()
    {
        await File.WriteAllTextAsync(Archive, new string('x', 5_000));
        await RefusedAsync($"{Archive} is no whole backup: it ends early or is no tar archive. Take another archive; nothing was changed.");
        File.Delete(Archive);
        await RefusedAsync($"There is no file {Archive}. Name the archive that \"nines backup\" wrote.");
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("/tmp/escaped")]
    [InlineData("signals.log/../../escaped")]
    public async Task Restore_NameThatLeavesTheFolder_IsRefused(string name)
    {
        await WriteArchiveAsync($$"""{"format":1,"takenAt":"2026-11-21T12:00:00Z","journalPosition":0,"signalCheckpoint":0,"signalPosition":0,"files":[{"name":"{{name}}","bytes":1,"sha256":"00"}]}""", name);

        await RefusedAsync($"{Archive} is no whole backup: {name} does not belong there. Take another archive; nothing was changed.");
        Assert.False(File.Exists(_folder.File("escaped")));
    }

    [Fact]
    public async Task Restore_NewerFormat_IsRefused()
    {
        await WriteArchiveAsync("""{"format":2,"takenAt":"2026-11-21T12:00:00Z","journalPosition":0,"signalCheckpoint":0,"signalPosition":0,"files":[]}""");

        await RefusedAsync($"{Archive} was written by a newer Nines (format 2; this one knows 1). Restore it with that version; nothing was changed.");
    }

    private async Task RefusedAsync(string message, string? target = null)
    {
        var refused = await Assert.ThrowsAsync<StorageException>(() => Restore.IntoFolderAsync(Archive, target ?? _folder.File("restored"), replace: false, Noon, default));
        Assert.Equal(message, refused.Message);
    }

    private async Task BackedUpAsync()
    {
        await using var store = await Store.OpenAsync(new(Data));
        await StoreSample.FillAsync(store);
        await BackUpAsync(store);
    }

    private async Task<BackupManifest> BackUpAsync(Store store)
    {
        await using var archive = File.Create(Archive);
        return await Backup.WriteAsync(store, archive, Noon, default);
    }

    private static async Task AppendUntilAsync(Store store, CancellationToken enough)
    {
        for (var i = 1; !enough.IsCancellationRequested; i++)
        {
            await store.Journal.AppendAsync(i - 1, [StoreSample.Entry("s" + (i % 3), $"{i}")], default);
            var position = await store.Signals.AppendLogAsync(1, i, new byte[2_000], default);
            if (i % 10 == 0) await store.Signals.CheckpointAsync(new(position - 5, [new(1, i, new byte[500])], []), default);
        }
    }

    private async Task WriteArchiveAsync(string manifest, string? name = null)
    {
        await using var file = File.Create(Archive);
        await using var tar = new TarWriter(file);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "manifest.json") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(manifest)) });
        if (name is not null) await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });
    }
}
