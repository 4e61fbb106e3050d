using System.Text;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Storage;

/// <summary>Files that somebody or something harmed: each is named with its remedy, and nothing is changed.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 12, 0);

    private readonly TempFolder _folder = new();

    private string Data => _folder.File("data");

    private string Journal => Path.Combine(Data, "journal.db");

    private string SegmentFile => Path.Combine(Data, "signals.log", "0000000000000000001.seg");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("journal.db")]
    [InlineData("signals.db")]
    [InlineData("keys.db")]
    public async Task Open_NewerSchema_IsRefusedUntouched(string name)
    {
        await FillAsync(3);
        var file = Path.Combine(Data, name);
        using (var database = SqliteDatabase.OpenErasable(file)) database.Execute("PRAGMA user_version=7");
        var before = await File.ReadAllBytesAsync(file);

        await RefusedAsync($"{file} was written by a newer Nines (schema 7; this one knows 1). Start that version again, or restore a backup taken before the update; nothing was changed.");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Open_KeysThatOthersMayRead_AreMadePrivate()
    {
        await FillAsync(3);
        var keys = Path.Combine(Data, "keys.db");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await FillAsync(3);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
    }

    [Fact]
    public async Task Open_NoDatabase_IsRefused()
    {
        await FillAsync(3);
        await File.WriteAllTextAsync(Journal, new string('x', 8_192));

        await RefusedAsync($"{Journal} is damaged (file is not a database). Stop Nines, keep a copy of the folder, and put back the newest backup with \"nines restore\"; nothing was changed.");
    }

    [Fact]
    public async Task Read_PagesOverwritten_SaysDamagedInsteadOfGivingLess()
    {
        await FillAsync(2_000);
        await using (var file = new FileStream(Journal, FileMode.Open, FileAccess.Write))
        {
            file.Position = file.Length / 2;
            await file.WriteAsync(Enumerable.Repeat((byte)0xee, 20_000).ToArray());
        }

        var refused = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using var store = await Store.OpenAsync(new(Data));
            await foreach (var entry in store.Journal.ReadAsync(0, default)) Assert.Equal("{}", Encoding.UTF8.GetString(entry.Data.Span));
        });
        Assert.Equal($"{Journal} is damaged (database disk image is malformed). Stop Nines, keep a copy of the folder, and put back the newest backup with \"nines restore\"; nothing was changed.", refused.Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task Open_WriteAheadLogTruncated_NoticesTheLoss(double kept)
    {
        var live = _folder.File("live");
        await using (var store = await Store.OpenAsync(new(live)))
        {
            await AppendAsync(store, 40);
            Copy(live, Data);
        }

        var log = Journal + "-wal";
        using (var wal = new FileStream(log, FileMode.Open)) wal.SetLength((long)(wal.Length * kept));

        var refused = await Assert.ThrowsAsync<StorageException>(() => Store.OpenAsync(new(Data)));
        var head = int.Parse(refused.Message.Split("position ")[1].Split(',')[0]);
        Assert.InRange(head, 0, 39);
        Assert.Equal(
            $"{Journal} ends at position {head}, but 40 had been acknowledged: its write-ahead log ({Journal}-wal) was truncated, damaged or removed. "
            + $"Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last {40 - head} entries, delete {Path.Combine(Data, "journal.head")}. Nothing was changed.",
            refused.Message);

        File.Delete(Path.Combine(Data, "journal.head"));
        await using var anyway = await Store.OpenAsync(new(Data));
        Assert.Equal(head, await anyway.Journal.HeadAsync(default));
    }

    [Fact]
    public async Task Open_AsAfterAPowerCut_HasEverythingThatWasAcknowledged()
    {
        var live = _folder.File("live");
        await using var store = await Store.OpenAsync(new(live));
        await AppendAsync(store, 40);
        for (var i = 0; i < 5; i++) await store.Signals.AppendLogAsync(1, 1, new byte[5_000], default);
        Copy(live, Data);

        await using var after = await Store.OpenAsync(new(Data));
        Assert.Equal(40, await after.Journal.HeadAsync(default));
        Assert.Equal(5, await CountAsync(after));
    }

    [Fact]
    public async Task Open_SegmentWithATornEnd_CutsItOffAndGoesOn()
    {
        await LogAsync(3);
        await using (var file = new FileStream(SegmentFile, FileMode.Append)) await file.WriteAsync(new byte[] { 0x4e, 0x53, 0x4c, 0x31, 9, 9, 9 });

        await using var store = await Store.OpenAsync(new(Data));
        Assert.Equal(3, await CountAsync(store));
        Assert.Equal(4, await store.Signals.AppendLogAsync(1, 1, "more"u8.ToArray(), default));
        Assert.Equal(4, await CountAsync(store));
    }

    [Fact]
    public async Task Open_EveryLengthOfATornRecord_KeepsTheWholeOnes()
    {
        await LogAsync(2);
        var whole = await File.ReadAllBytesAsync(SegmentFile);
        var last = whole.Length / 2;
        for (var length = last; length < whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(SegmentFile, whole[..length]);
            var segments = SegmentScan.Read(Path.GetDirectoryName(SegmentFile)!, 0);
            Assert.Equal((1, last), (Assert.Single(segments).Last, segments[0].Length));
        }
    }

    [Fact]
    public async Task Open_AcknowledgedBodyDamaged_IsRefused()
    {
        await LogAsync(3);
        var bytes = await File.ReadAllBytesAsync(SegmentFile);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(SegmentFile, bytes);

        await RefusedAsync(
            $"{SegmentFile} is damaged: after position 1 the log cannot be read, but 3 had been acknowledged. "
            + $"Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last 2 bodies, move the folder {Path.GetDirectoryName(SegmentFile)} away. Nothing was changed.");
    }

    [Fact]
    public void Open_SegmentMissing_IsRefused()
    {
        var folder = _folder.File("log");
        using (var log = new SegmentLog(folder, 0, segmentSize: 100))
            for (var i = 0; i < 5; i++) log.Append([new LogWork(1, 1, new byte[200])]);
        File.Delete(Segment.PathOf(folder, 3));

        Assert.Equal(
            $"{Segment.PathOf(folder, 2)} is damaged: after position 2 the log cannot be read, but 3 had been acknowledged. "
            + $"Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last 1 bodies, move the folder {folder} away. Nothing was changed.",
            Assert.Throws<StorageException>(() => new SegmentLog(folder, 0)).Message);
        new SegmentLog(folder, forgotten: 3).Dispose();
    }

    [Fact]
    public void Forget_SegmentsBehindTheCheckpoint_DeletesTheirFiles()
    {
        var folder = _folder.File("log");
        using var log = new SegmentLog(folder, 0, segmentSize: 100);
        for (var i = 0; i < 5; i++) log.Append([new LogWork(1, 1, new byte[200])]);
        log.Forget(3);

        Assert.Equal([Segment.PathOf(folder, 4), Segment.PathOf(folder, 5)], Directory.GetFiles(folder, "*.seg").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Open_Twice_IsRefused()
    {
        await using var store = await Store.OpenAsync(new(Data));

        await RefusedAsync($"Another Nines works on {Data}. End it first, or give this one a folder of its own with --data.");
    }

    [Fact]
    public async Task Open_FolderIsAFile_IsRefused()
    {
        await File.WriteAllTextAsync(Data, "x");

        var refused = await Assert.ThrowsAsync<StorageException>(() => Store.OpenAsync(new(Data)));
        Assert.EndsWith("Name another one with --data.", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{Data} cannot be used as data folder (", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterTheStoreIsClosed_SaysSo()
    {
        var store = await Store.OpenAsync(new(Data));
        await store.DisposeAsync();

        var refused = await Assert.ThrowsAsync<StorageException>(() => store.Signals.AppendLogAsync(1, 1, default, default).AsTask());
        Assert.Equal($"{Path.Combine(Data, "signals.log")} is closing and takes no more; send it again once Nines is back.", refused.Message);
    }

    [Fact]
    public async Task Examine_DamagedJournal_SaysSoAndChecksTheRest()
    {
        await FillAsync(3);
        await File.WriteAllTextAsync(Journal, new string('x', 8_192));

        var lines = await StoreDoctor.ExamineAsync(new(Data), new Ground.ManualClock(), default);
        Assert.Equal(
            ["sqlite Good", "data folder Good", "disk space Good", "disk flush", "journal Bad", "signals Good", "people's keys Good"],
            lines.Select(l => l.Check == "disk flush" ? l.Check : l.Check == "disk space" ? "disk space Good" : $"{l.Check} {l.State}"));
    }

    private async Task FillAsync(int entries)
    {
        await using var store = await Store.OpenAsync(new(Data));
        await AppendAsync(store, entries);
    }

    private static async Task AppendAsync(Store store, int entries)
    {
        for (var i = 0; i < entries; i += 20)
        {
            var batch = Enumerable.Range(0, Math.Min(20, entries - i)).Select(n => new NewEntry(new("test", "s" + (n % 5)), "tests.happened.v1", Noon, "local", 0, -1, null, "{}"u8.ToArray()));
            await store.Journal.AppendAsync(i, [.. batch], default);
        }
    }

    private async Task LogAsync(int bodies)
    {
        await using var store = await Store.OpenAsync(new(Data));
        for (var i = 0; i < bodies; i++) await store.Signals.AppendLogAsync(1, 1, Encoding.UTF8.GetBytes("a body of some length"), default);
    }

    private static async Task<int> CountAsync(Store store)
    {
        var count = 0;
        await foreach (var record in store.Signals.ReadLogAsync(0, default)) count++;
        return count;
    }

    private async Task RefusedAsync(string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<StorageException>(() => Store.OpenAsync(new(Data)))).Message);

    /// <summary>The files as they are at this moment, without the lock.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "nines.lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
