using System.Text.Json;
using Nines.Storage;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Commands;

/// <summary><c>nines doctor</c> over folders that somebody or something harmed: it names what is wrong and what to do, and exits with 1.</summary>
public sealed class DoctorCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-doctor-");

    // Nobody listens there.
    private readonly string _server = $"http://127.0.0.1:{Peer.FreePort()}";

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Journal => Path.Combine(Data, "journal.db");

    public async Task InitializeAsync()
    {
        await using var store = await Store.OpenAsync(new(Data));
        await store.Journal.AppendAsync(0, [.. Enumerable.Range(0, 500).Select(CrashChild.EntryOf)], default);
        for (var i = 0; i < 20; i++) await store.Signals.AppendLogAsync(1, 1, CrashChild.BodyOf(i), default);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Healthy_SaysSoForEveryPart()
    {
        var said = await AskAsync();

        Assert.Equal((0, true), (said.Exit, said.Json.GetProperty("healthy").GetBoolean()));
        Assert.Equal(
            ["sqlite", "data folder", "disk space", "disk flush", "journal", "signals", "people's keys", "port"],
            said.Json.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("check").GetString()));
        Assert.Equal("500 entries without a gap; pages whole, schema 1.", Check(said, "journal").Found);
        Assert.StartsWith("20 bodies since the checkpoint at 0, ", Check(said, "signals").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TornEndOfTheSignalLog_WasNeverAcknowledged_IsNoHarm()
    {
        var (file, end) = await SegmentAsync();
        // The first half of a record, as a crash in the middle of a write leaves it.
        await using (var segment = new FileStream(file, FileMode.Open))
        {
            var head = new byte[20];
            await segment.ReadExactlyAsync(head);
            segment.Position = end;
            await segment.WriteAsync(head);
        }

        var said = await AskAsync();
        Assert.Equal(0, said.Exit);
        Assert.StartsWith("20 bodies since the checkpoint at 0, ", Check(said, "signals").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndOfTheSignalLogLost_IsBadAndSaysWhatIsMissing()
    {
        var (file, end) = await SegmentAsync();
        await using (var segment = new FileStream(file, FileMode.Open)) segment.SetLength(end - 7);

        var said = await AskAsync();
        Assert.Equal(
            (1, "bad", $"{file} is damaged: after position 19 the log cannot be read, but 20 had been acknowledged. Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last 1 bodies, move the folder {Data}/signals.log away. Nothing was changed."),
            (said.Exit, Check(said, "signals").State, Check(said, "signals").Found));
    }

    [Fact]
    public async Task JournalCutOff_IsBad()
    {
        await using (var file = new FileStream(Journal, FileMode.Open)) file.SetLength(file.Length / 2);

        var said = await AskAsync();
        Assert.Equal((1, "bad"), (said.Exit, Check(said, "journal").State));
        Assert.StartsWith($"{Journal} is damaged (", Check(said, "journal").Found, StringComparison.Ordinal);
        Assert.EndsWith("). Stop Nines, keep a copy of the folder, and put back the newest backup with \"nines restore\"; nothing was changed.", Check(said, "journal").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAheadLogLost_IsBadAndSaysWhichPositionsAreMissing()
    {
        // Ends without closing, as a crash does, so that the newest entries stand in the write-ahead log only.
        var store = await Store.OpenAsync(new(Data));
        await store.Journal.AppendAsync(500, [CrashChild.EntryOf(1)], default);
        var copy = Directory.CreateDirectory(Path.Combine(_folder.FullName, "copy"));
        foreach (var file in Directory.GetFiles(Data).Where(f => Path.GetFileName(f) is "journal.db" or "journal.head")) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        await store.DisposeAsync();

        var said = await AskAsync(copy.FullName);
        Assert.Equal((1, "bad"), (said.Exit, Check(said, "journal").State));
        Assert.Contains("501", Check(said, "journal").Found, StringComparison.Ordinal);
        Assert.Contains("nines restore", Check(said, "journal").Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewerSchema_IsBad()
    {
        // The format's own place for it: bytes 60 to 63 of the header, big-endian (sqlite.org/fileformat2.html).
        await using (var file = new FileStream(Journal, FileMode.Open))
        {
            file.Position = 63;
            file.WriteByte(7);
        }

        var said = await AskAsync();
        Assert.Equal(
            (1, "bad", $"{Journal} was written by a newer Nines (schema 7; this one knows 1). Start that version again, or restore a backup taken before the update; nothing was changed."),
            (said.Exit, Check(said, "journal").State, Check(said, "journal").Found));
    }

    [Fact]
    public async Task ReadOnlyFolder_IsBad()
    {
        var said = await NinesCommand.RunMountedAsync("mount --bind \"$1/data\" \"$1/data\" && mount -o remount,bind,ro \"$1/data\" && exec dotnet \"$2\" doctor --json --server " + _server + " --data \"$1/data\"", _folder.FullName);

        Assert.Equal(
            (1, "bad", $"{Data} is read-only. Give the user who runs Nines the right to write there, or mount the disk writable; nothing was written."),
            (said.Exit, Check(said, "data folder").State, Check(said, "data folder").Found));
    }

    [Fact]
    public async Task FullDisk_IsBad()
    {
        var said = await NinesCommand.RunMountedAsync(
            "mkdir \"$1/small\" && mount -t tmpfs -o size=4m none \"$1/small\" && cp -r \"$1/data\" \"$1/small/data\" && (dd if=/dev/zero of=\"$1/small/ballast\" bs=4k 2>/dev/null; true)"
            + " && exec dotnet \"$2\" doctor --json --server " + _server + " --data \"$1/small/data\"",
            _folder.FullName);

        Assert.Equal((1, "bad"), (said.Exit, Check(said, "disk space").State));
        Assert.Equal(("0 MiB are free.", "Free some space: on a full disk every change is refused (nothing acknowledged is lost)."), (Check(said, "disk space").Found, Check(said, "disk space").Remedy));
    }

    [Fact]
    public async Task NoFolderYet_IsNoHarm()
    {
        var said = await AskAsync(Path.Combine(_folder.FullName, "none"));
        Assert.Equal((0, "warning", "\"nines serve\" makes it at its first start; name another with --data."), (said.Exit, Check(said, "data folder").State, Check(said, "data folder").Remedy));
    }

    [Fact]
    public async Task ForPeople_EachCheckIsALineWithItsMark()
    {
        var said = await NinesCommand.RunAsync("doctor", "--server", _server, "--data", Data);
        Assert.Contains("good journal: 500 entries without a gap; pages whole, schema 1.\n", said.Output, StringComparison.Ordinal);
    }

    /// <summary>The one segment, and where its last record ends.</summary>
    private async Task<(string File, int End)> SegmentAsync()
    {
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Data, "signals.log"), "*.seg"));
        var bytes = await File.ReadAllBytesAsync(file);
        return (file, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
    }

    private Task<NinesCommand> AskAsync(string? data = null) => NinesCommand.RunAsync("doctor", "--json", "--server", _server, "--data", data ?? Data);

    private static (string State, string Found, string Remedy) Check(NinesCommand said, string name)
    {
        Assert.True(said.Output.StartsWith('{'), said.Output + said.Error);
        var check = said.Json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("check").GetString() == name);
        return (Text("state"), Text("found"), Text("remedy"));

        string Text(string field) => check.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}
