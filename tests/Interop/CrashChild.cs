using System.Globalization;
using System.Text;
using Nines.Kernel;
using Nines.Storage;

namespace Nines.Tests.Interop;

/// <summary>
/// What the crash and full-disk tests run in a process of its own: <c>append FOLDER SEED</c> writes until it is killed and
/// says each acknowledgement on a line; <c>full FOLDER</c> writes until the disk is full, makes room, and goes on.
/// </summary>
internal static class CrashChild
{
    private static readonly Lock Gate = new();

    public static async Task<int> Main(string[] words)
    {
        switch (words)
        {
            case ["append", var folder, var seed]:
                await AppendAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture));
                return 0;
            case ["full", var folder]:
                await FullAsync(folder);
                return 0;
            case ["open", var folder]:
                await SayRefusalAsync(async () => await (await Store.OpenAsync(new(folder))).DisposeAsync());
                return 0;
            default:
                await Console.Error.WriteLineAsync("append FOLDER SEED | full FOLDER | open FOLDER");
                return 2;
        }
    }

    /// <summary>Bytes that follow from a number: whoever reads them can tell whether they are whole.</summary>
    public static byte[] BodyOf(int id)
    {
        var random = new Random(id);
        var body = new byte[4 + random.Next(id % 7 == 0 ? 200_000 : 40_000)];
        random.NextBytes(body);
        BitConverter.TryWriteBytes(body, id);
        return body;
    }

    public static NewEntry EntryOf(int id) => new(
        new("test", "s" + (id % 9)), "tests.happened.v1", default, "local", 0, -1, null,
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{new string((char)('a' + (id % 26)), id % 3_000)}")));

    private static async Task AppendAsync(string folder, int seed)
    {
        var store = await Store.OpenAsync(new(folder));
        await Task.WhenAll([JournalAsync(store, seed), CheckpointsAsync(store, seed), .. Enumerable.Range(1, 4).Select(n => SignalsAsync(store, seed + (n * 100_000)))]);
    }

    private static async Task JournalAsync(Store store, int seed)
    {
        var head = await store.Journal.HeadAsync(default);
        for (var id = seed; ; id += 3)
        {
            await Task.Yield();
            head = (await store.Journal.AppendAsync(head, [EntryOf(id), EntryOf(id + 1), EntryOf(id + 2)], default)).Head;
            Say($"J {head} {id}");
        }
    }

    private static async Task SignalsAsync(Store store, int seed)
    {
        for (var id = seed; ; id++)
        {
            await Task.Yield();
            Say($"S {await store.Signals.AppendLogAsync(1, id, BodyOf(id), default)} {id}");
        }
    }

    private static async Task CheckpointsAsync(Store store, int seed)
    {
        for (var n = seed; ; n++)
        {
            // Forgets nothing, so that every acknowledged body can be looked for.
            var text = Encoding.UTF8.GetBytes(n.ToString(CultureInfo.InvariantCulture));
            await store.Signals.CheckpointAsync(new(0, [.. Enumerable.Range(0, 20).Select(b => new SignalBlock(1, b, text))], [new("n", text)]), default);
            Say($"C {n}");
        }
    }

    private static async Task FullAsync(string folder)
    {
        var ballast = Path.Combine(folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
        var data = Path.Combine(folder, "data");
        var store = await Store.OpenAsync(new(data));
        var head = 0L;
        for (var i = 0; i < 3; i++) await store.Signals.AppendLogAsync(1, 1, new byte[3_000], default);
        var position = 3L;
        await SayRefusalAsync(async () =>
        {
            while (true) head = (await store.Journal.AppendAsync(head, [EntryOf(2_999)], default)).Head;
        });
        await SayRefusalAsync(async () =>
        {
            while (true) position = await store.Signals.AppendLogAsync(1, 1, new byte[3_000], default);
        });
        File.Delete(ballast);
        head = (await store.Journal.AppendAsync(head, [EntryOf(1)], default)).Head;
        position = await store.Signals.AppendLogAsync(1, 1, new byte[10], default);
        await store.DisposeAsync();
        await using var again = await Store.OpenAsync(new(data));
        var bodies = 0;
        await foreach (var record in again.Signals.ReadLogAsync(0, default)) bodies++;
        Say($"kept {head == await again.Journal.HeadAsync(default) && head > 10} {position == bodies && bodies > 1}");
    }

    private static async Task SayRefusalAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            Say("no refusal");
        }
        catch (StorageException e)
        {
            Say(e.Message);
        }
    }

    private static void Say(string line)
    {
        lock (Gate)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
