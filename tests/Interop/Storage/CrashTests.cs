using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nines.Kernel;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Storage;

/// <summary>
/// A process that appends is killed again and again (SIGKILL). What it had acknowledged is there, nothing is torn.
/// Ten kills of one folder in the normal run, twenty of each of ten folders in a long one.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private static readonly int Kills = LongRun.Of(10, 20);
    private static readonly int Folders = LongRun.Of(1, 10);

    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("nines-crash-");

    public void Dispose() => _folders.Delete(recursive: true);

    [Fact]
    public async Task Kill_WhileAppending_EveryAcknowledgedEntryIsThereAndNoneIsTorn()
    {
        // Two side by side: a child waits for its flushes most of the time.
        await Parallel.ForEachAsync(Enumerable.Range(0, Folders), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            var folder = _folders.CreateSubdirectory($"{seed}");
            await KillAgainAndAgainAsync(folder.FullName, new(20261121 + seed));
            folder.Delete(recursive: true);
        });
        LongRun.Count("kills of a process that appends (SQLite and signal log)", Kills * Folders);
    }

    private static async Task KillAgainAndAgainAsync(string folder, Random random)
    {
        var journal = new Dictionary<long, int>();
        var signals = new Dictionary<long, int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var said = await RunAndKillAsync(folder, 1_000_000 * (kill + 1), 50 + random.Next(400));
            var checkpoint = -1;
            foreach (var words in said.Select(l => l.Split(' ')))
            {
                if (words[0] == "C") checkpoint = Number(words[1]);
                else if (words[0] == "S") signals[Number(words[1])] = Number(words[2]);
                else for (var i = 0; i < 3; i++) journal[Number(words[1]) - 2 + i] = Number(words[2]) + i;
            }

            await CheckAsync(folder, journal, signals, checkpoint);
        }

        Assert.True(journal.Count > 3 * Kills && signals.Count > 3 * Kills, $"only {journal.Count} entries and {signals.Count} bodies were written");
        LongRun.Count("acknowledged journal entries found again after kills", journal.Count);
        LongRun.Count("acknowledged signal bodies found again after kills", signals.Count);
    }

    private static async Task<List<string>> RunAndKillAsync(string folder, int seed, int milliseconds)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location, "append", folder, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var said = new List<string>();
        // The first acknowledgement shows that it is at work.
        said.Add(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The appending process ended by itself."));
        var rest = child.StandardOutput.ReadToEndAsync();
        await Task.Delay(milliseconds);
        child.Kill();
        // A line without its end was cut by the kill; it acknowledged nothing.
        var lines = (await rest).Split('\n');
        said.AddRange(lines[..^1]);
        await child.WaitForExitAsync();
        return said;
    }

    private static async Task CheckAsync(string folder, Dictionary<long, int> journal, Dictionary<long, int> signals, int checkpoint)
    {
        await using var store = await Store.OpenAsync(new(folder));
        var versions = new Dictionary<StreamName, long>();
        long head = 0;
        await foreach (var entry in store.Journal.ReadAsync(0, default))
        {
            Assert.Equal(++head, entry.Position);
            Assert.Equal(versions[entry.Stream] = versions.GetValueOrDefault(entry.Stream) + 1, entry.Version);
            var id = Number(Encoding.UTF8.GetString(entry.Data.Span).Split(':')[0]);
            Assert.True(entry.Data.Span.SequenceEqual(CrashChild.EntryOf(id).Data.Span), $"entry {entry.Position} is torn");
            if (journal.TryGetValue(entry.Position, out var acknowledged)) Assert.Equal(acknowledged, id);
        }

        Assert.True(journal.Count == 0 || journal.Keys.Max() <= head, $"{journal.Keys.DefaultIfEmpty().Max()} was acknowledged, the journal ends at {head}");
        long last = 0;
        await foreach (var record in store.Signals.ReadLogAsync(0, default))
        {
            Assert.Equal(++last, record.Position);
            var id = BitConverter.ToInt32(record.Body.Span);
            Assert.True(record.Body.Span.SequenceEqual(CrashChild.BodyOf(id)), $"body {record.Position} is torn");
            if (signals.TryGetValue(record.Position, out var acknowledged)) Assert.Equal(acknowledged, id);
        }

        Assert.True(signals.Count == 0 || signals.Keys.Max() <= last, $"{signals.Keys.DefaultIfEmpty().Max()} was acknowledged, the log ends at {last}");
        await CheckCheckpointAsync(store, checkpoint);
    }

    /// <summary>All blocks and the state are of one checkpoint, the last acknowledged or a later one.</summary>
    private static async Task CheckCheckpointAsync(Store store, int acknowledged)
    {
        var state = await store.Signals.ReadStateAsync("n", default);
        if (state is null)
        {
            Assert.Equal(-1, acknowledged);
            return;
        }

        Assert.True(Number(Encoding.UTF8.GetString(state)) >= acknowledged);
        for (var block = 0; block < 20; block++) Assert.Equal(state, await store.Signals.ReadBlockAsync(1, block, default));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
