using System.Text.Json;
using Nines.Tests.Interop.Crash;
using Xunit;

namespace Nines.Tests.Interop.Commands;

/// <summary><c>nines backup</c> of a server that is busy, and <c>nines restore</c> into a new folder: the same budgets.</summary>
public sealed class BackupCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-backup-");
    private MortalServer _server = null!;

    private string At(string name) => Path.Combine(_folder.FullName, name);

    public async Task InitializeAsync()
    {
        _server = new(At("data"));
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Backup_WhileTheServerIsBusy_RestoresWithTheBudgetsOfItsMoment()
    {
        await _server.ApplyAsync(string.Join("---\n", [
            CrashWorld.Objective("written", "written_total"), CrashWorld.Objective("pushed", "pushed_events_total{name=\"pushed\"}"), CrashWorld.Burnable("burnt"),
        ]));
        for (var i = 0; i < 100 && (await _server.GetAsync("/api/v1/objectives")).GetArrayLength() < 3; i++) await Task.Delay(100);
        await CrashWorld.BurnAsync(_server, "burnt");
        DoorLoad[] doors = [new RemoteWriteLoad(new(1)), new PushLoad(new(2))];
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(doors.Select(d => d.SendAsync(_server.Http, stop.Token)));
        await Task.Delay(500);

        var least = doors.ToDictionary(d => d.Objective, d => d.Acknowledged);
        await DoneAsync("backup", "--out", At("server.tar"), "--server", _server.Address.ToString(), "--json");
        await DoneAsync("backup", "--out", At("files.tar"), "--data", At("data"), "--json");
        var most = doors.ToDictionary(d => d.Objective, d => d.OnItsWay);
        await stop.CancelAsync();
        await load;
        foreach (var door in doors) await door.CheckAsync(_server, "after the load");
        await DoneAsync("backup", "--out", At("quiet.tar"), "--server", _server.Address.ToString(), "--json");
        var before = await BudgetsAsync(_server);
        Assert.True(before["burnt"].Remaining < 1 && doors.All(d => d.Requests > 10), $"{before["burnt"].Remaining} {string.Join(' ', doors.Select(d => d.Requests))}");
        await _server.KillAsync();

        foreach (var name in (string[])["server", "files"])
        {
            await using var restored = await RestoredAsync(name);
            foreach (var (objective, total) in least) Assert.InRange(await TotalAsync(restored, objective), total - 1e-3, most[objective] + 1e-3);
        }

        await using var same = await RestoredAsync("quiet");
        foreach (var door in doors) await door.CheckAsync(same, "restored");
        var after = await BudgetsAsync(same);
        Assert.Equal(before.Keys, after.Keys);
        foreach (var (objective, budget) in before)
        {
            Assert.Equal(budget.Failed, after[objective].Failed, 1e-6);
            // Within what the seconds between the two questions change: the young window is filled up at the observed rate.
            Assert.Equal(budget.Remaining, after[objective].Remaining, 0.05);
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Restore_IntoAFolderThatHoldsSomething_IsRefusedUnlessItMayPutThatAside()
    {
        await DoneAsync("backup", "--out", At("a.tar"), "--data", At("data"), "--json");
        Directory.CreateDirectory(At("held"));
        await File.WriteAllTextAsync(At("held/notes.txt"), "mine");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("a.tar")));
        var refused = await NinesCommand.RunAsync("restore", At("a.tar"), "--data", At("held"));
        Assert.Equal((1, $"error {At("held")} is not empty. Name another folder, or add --replace to put what is there aside under another name; nothing was changed.\n"), (refused.Exit, refused.Error));
        var done = await DoneAsync("restore", At("a.tar"), "--data", At("held"), "--replace", "--json");
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(done.GetProperty("putAside").GetString()!, "notes.txt")));
        Assert.True(File.Exists(At("held/journal.db")));
    }

    [Fact]
    public async Task Restore_DamagedArchive_IsRefusedAndMakesNothing()
    {
        await DoneAsync("backup", "--out", At("a.tar"), "--data", At("data"), "--json");
        var bytes = await File.ReadAllBytesAsync(At("a.tar"));
        bytes[bytes.AsSpan().IndexOf("SQLite format 3"u8) + 5_000] ^= 0xff;
        await File.WriteAllBytesAsync(At("a.tar"), bytes);

        var refused = await NinesCommand.RunAsync("restore", At("a.tar"), "--data", At("new"));
        Assert.Equal((1, $"error {At("a.tar")} is no whole backup: journal.db is not what was backed up. Take another archive; nothing was changed.\n"), (refused.Exit, refused.Error));
        Assert.Equal(["a.tar", "data"], Directory.EnumerateFileSystemEntries(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> DoneAsync(params string[] words)
    {
        var done = await NinesCommand.RunAsync(words);
        Assert.True(done.Exit == 0, done.Error);
        return done.Json;
    }

    private async Task<MortalServer> RestoredAsync(string name)
    {
        await DoneAsync("restore", At(name + ".tar"), "--data", At(name), "--json");
        var server = new MortalServer(At(name));
        await server.StartAsync();
        return server;
    }

    private static async Task<double> TotalAsync(MortalServer server, string objective) => (await server.GetAsync($"/api/v1/objectives/{objective}")).GetProperty("total").GetDouble();

    private static async Task<SortedDictionary<string, (double Failed, double Remaining)>> BudgetsAsync(MortalServer server)
    {
        var budgets = new SortedDictionary<string, (double Failed, double Remaining)>(StringComparer.Ordinal);
        // Nines' own objective is there as soon as somebody was called; it has no budget before a page is over.
        foreach (var one in (await server.GetAsync("/api/v1/objectives")).EnumerateArray().Where(o => o.GetProperty("service").GetString() != "nines"))
        {
            var budget = one.GetProperty("budget");
            budgets[one.GetProperty("name").GetString()!] = (budget.GetProperty("failed").GetDouble(), budget.GetProperty("remaining").GetDouble());
        }

        return budgets;
    }
}
