using System.Diagnostics;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>From a posted alert to the webhook that tells it, groups that wait 0 s, beside Alertmanager.</summary>
internal sealed class AlertDelayBench : Benchmark
{
    public override string Name => "alert-delay";

    public override string Summary => "One alert a group, groups wait 0 s: from sending the POST to the webhook's arrival. Nines answers and tells after the alert is durable.";

    private const int First = 20;

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (alerts, between, rounds) = run.Quick ? (20, 20, 1) : (200, 2_000, 3);
        var rows = new List<IReadOnlyList<string>>();
        for (var round = 0; round < rounds; round++)
        {
            await using (var hook = new HookReceiver())
            {
                await using var server = await AlertServers.NinesAsync(Path.Combine(run.Scratch, $"nines-{round}"), hook, "0s", run.Clock, run.Stop);
                rows.AddRange(await MeasureAsync(run, "Nines", server, hook, alerts, between));
            }

            if (!PeerProcess.Installed("prometheus-alertmanager")) continue;
            await using (var hook = new HookReceiver())
            {
                await using var server = await AlertServers.AlertmanagerAsync(Path.Combine(run.Scratch, $"peer-{round}"), hook, "slo", "0s", run.Clock, run.Stop);
                rows.AddRange(await MeasureAsync(run, await PeerProcess.VersionAsync("prometheus-alertmanager", run.Stop), server, hook, alerts, between));
            }
        }

        return new(
            Name, Summary, ["server", "alerts", "sent", "arrived", "p50 ms", "p99 ms", "max ms", "CPU ms an alert"], rows,
            [
                $"Sender and receiver are the same process on the same machine. \"Just started\" begins after the first {First} alerts; then {between:N0} come back to back and are not counted, so that neither server is cold.",
                "Alertmanager tells from memory; Nines tells after fdatasync, so one flush of the disk is between.",
            ]);
    }

    /// <summary>One server three times: just started, then warm at two paces.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, HookReceiver hook, int alerts, int between)
    {
        await SendAsync(run, server, 0, First, paced: true);
        var cold = await MeasureAsync(run, label, server, hook, (First, alerts), "one every 20 ms, just started");
        await SendAsync(run, server, First + alerts, between, paced: false);
        var from = First + alerts + between;
        return
        [
            cold,
            await MeasureAsync(run, label, server, hook, (from, alerts), "one every 20 ms"),
            await MeasureAsync(run, label, server, hook, (from + alerts, alerts), "back to back"),
        ];
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, HookReceiver hook, (int From, int Count) alerts, string pace)
    {
        // What was sent before is told by then.
        await UntilAsync(run, () => hook.Calls.Count >= alerts.From);
        var used = server.CpuSeconds;
        var sent = await SendAsync(run, server, alerts.From, alerts.Count, paced: pace.StartsWith("one", StringComparison.Ordinal));
        await UntilAsync(run, () => hook.Calls.Count >= alerts.From + alerts.Count);
        used = server.CpuSeconds - used;
        double[] waits = [.. hook.Calls.SelectMany(c => c.Names.Select(n => (c.At, Name: n))).Where(c => sent.ContainsKey(c.Name)).DistinctBy(c => c.Name)
            .Select(c => Stopwatch.GetElapsedTime(sent[c.Name], c.At).TotalMilliseconds).Order()];
        if (waits.Length == 0) throw new IOException($"{label} told nothing.");
        run.Say($"{label}, {pace}: p50 {waits[waits.Length / 2]:F2} ms, p99 {waits[(int)(waits.Length * 0.99)]:F2} ms");
        return [label, $"{alerts.Count}", pace, $"{waits.Length}", $"{waits[waits.Length / 2]:F2}", $"{waits[(int)(waits.Length * 0.99)]:F2}", $"{waits[^1]:F2}", $"{used * 1000 / alerts.Count:F1}"];
    }

    /// <summary>Sends alerts of their own groups; when each was sent, by the name of its group.</summary>
    private static async Task<Dictionary<string, long>> SendAsync(BenchRun run, MeasuredProcess server, int from, int count, bool paced)
    {
        var sent = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = from; i < from + count; i++)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new[] { AlertBodies.Alert(i, int.MaxValue, run.Clock.GetUtcNow()) });
            sent[$"svc-{i}-availability"] = Stopwatch.GetTimestamp();
            await AlertsBench.PostAsync(server, body, run.Stop);
            if (paced) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Clock, run.Stop);
        }

        return sent;
    }

    private static async Task UntilAsync(BenchRun run, Func<bool> done)
    {
        for (var i = 0; i < 100 && !done(); i++) await Task.Delay(TimeSpan.FromMilliseconds(100), run.Clock, run.Stop);
    }
}
