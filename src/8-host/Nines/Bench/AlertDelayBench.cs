using System.Diagnostics;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>From a posted alert to the webhook that tells it, groups that wait 0 s, beside Alertmanager.</summary>
internal sealed class AlertDelayBench : Benchmark
{
    public override string Name => "alert-delay";

    public override string Summary => "One alert a group, groups wait 0 s: from sending the POST to the webhook's arrival. Nines answers and tells after the alert is durable.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (alerts, rounds) = run.Quick ? (20, 1) : (200, 3);
        var rows = new List<IReadOnlyList<string>>();
        for (var round = 0; round < rounds; round++)
            foreach (var paced in (bool[])[true, false])
            {
                rows.Add(await NinesAsync(run, alerts, paced, rows.Count));
                if (PeerProcess.Installed("prometheus-alertmanager")) rows.Add(await AlertmanagerAsync(run, alerts, paced, rows.Count));
            }

        return new(
            Name, Summary, ["server", "alerts", "sent", "arrived", "p50 ms", "p99 ms", "max ms"], rows,
            [
                "Sender and receiver are the same process on the same machine; the first 20 alerts warm the server up and are not counted.",
                "Alertmanager tells from memory; Nines tells after fdatasync, so one flush of the disk is between.",
            ]);
    }

    private static async Task<IReadOnlyList<string>> NinesAsync(BenchRun run, int alerts, bool paced, int number)
    {
        await using var hook = new HookReceiver();
        await using var server = await AlertServers.NinesAsync(Path.Combine(run.Scratch, $"{number}"), hook, "0s", run.Clock, run.Stop);
        return await MeasureAsync(run, "Nines", server, hook, alerts, paced);
    }

    private static async Task<IReadOnlyList<string>> AlertmanagerAsync(BenchRun run, int alerts, bool paced, int number)
    {
        await using var hook = new HookReceiver();
        await using var server = await AlertServers.AlertmanagerAsync(Path.Combine(run.Scratch, $"{number}"), hook, "slo", "0s", run.Clock, run.Stop);
        return await MeasureAsync(run, await PeerProcess.VersionAsync("prometheus-alertmanager", run.Stop), server, hook, alerts, paced);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, HookReceiver hook, int alerts, bool paced)
    {
        const int Warm = 20;
        var sent = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < Warm + alerts; i++)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new[] { AlertBodies.Alert(i, int.MaxValue, run.Clock.GetUtcNow()) });
            if (i >= Warm) sent[$"svc-{i}-availability"] = Stopwatch.GetTimestamp();
            await AlertsBench.PostAsync(server, body, run.Stop);
            if (paced || i < Warm) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        }

        for (var i = 0; i < 50 && hook.Calls.Count < Warm + alerts; i++) await Task.Delay(TimeSpan.FromMilliseconds(100), run.Clock, run.Stop);
        double[] waits = [.. hook.Calls.SelectMany(c => c.Names.Select(n => (c.At, Name: n))).Where(c => sent.ContainsKey(c.Name)).DistinctBy(c => c.Name)
            .Select(c => Stopwatch.GetElapsedTime(sent[c.Name], c.At).TotalMilliseconds).Order()];
        if (waits.Length == 0) throw new IOException($"{label} told nothing.");
        run.Say($"{label}, {(paced ? "one every 20 ms" : "back to back")}: p50 {waits[waits.Length / 2]:F2} ms, p99 {waits[(int)(waits.Length * 0.99)]:F2} ms");
        return [label, $"{alerts}", paced ? "one every 20 ms" : "back to back", $"{waits.Length}", $"{waits[waits.Length / 2]:F2}", $"{waits[(int)(waits.Length * 0.99)]:F2}", $"{waits[^1]:F2}"];
    }
}
