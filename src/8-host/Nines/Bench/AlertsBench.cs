using System.Diagnostics;

namespace Nines.Host.Bench;

/// <summary>Alerts accepted a second, memory for those that fire, and the time to list them, beside Alertmanager.</summary>
internal sealed class AlertsBench : Benchmark
{
    private const int Groups = 500;
    private const int Connections = 2;

    public override string Name => "alerts";

    public override string Summary => "Alerts of six labels in POSTs of 500 over two connections to API v2; nothing is sent (groups wait 5 min). Nines answers after the alerts are durable.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (alerts, rounds) = run.Quick ? (2_000, 1) : (50_000, 3);
        var rows = new List<IReadOnlyList<string>>();
        for (var round = 0; round < rounds; round++)
        {
            await using (var hook = new HookReceiver())
            {
                await using var nines = await AlertServers.NinesAsync(Path.Combine(run.Scratch, $"nines-{round}"), hook, "5m", run.Clock, run.Stop);
                rows.Add(await MeasureAsync(run, "Nines", nines, alerts));
            }

            if (!PeerProcess.Installed("prometheus-alertmanager")) continue;
            await using (var hook = new HookReceiver())
            {
                await using var peer = await AlertServers.AlertmanagerAsync(Path.Combine(run.Scratch, $"peer-{round}"), hook, "slo", "5m", run.Clock, run.Stop);
                rows.Add(await MeasureAsync(run, await PeerProcess.VersionAsync("prometheus-alertmanager", run.Stop), peer, alerts));
            }
        }

        return new(
            Name, Summary,
            ["server", "alerts", "accepted/s", "sent again/s", "CPU µs an alert", "MiB empty", "MiB full", "KiB an alert", "list s", "list MiB", "groups s", "MiB peak"], rows,
            [
                "Both servers take the same bodies from the same sender on the same machine, in turn; the sender's CPU is not counted.",
                "Before each measurement a tenth of the number comes, fires and ends, four times, and two seconds pass, so that neither server is cold.",
                "Alertmanager keeps alerts in memory only; Nines answers each POST after fdatasync.",
                "\"list\" is GET /api/v2/alerts of all of them, the median of three; \"peak\" is the highest resident memory of the process, lists included.",
            ]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, int alerts)
    {
        await WarmAsync(run, server, alerts / 10);
        var empty = server.ResidentMiB;
        var bodies = AlertBodies.Build(alerts, 500, Groups, run.Clock.GetUtcNow(), run.Clock.GetUtcNow().AddHours(2));
        var cpu = server.CpuSeconds;
        var first = await PostAllAsync(server, bodies, run.Stop);
        var used = server.CpuSeconds - cpu;
        var again = await PostAllAsync(server, bodies, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(3), run.Clock, run.Stop);
        var full = server.ResidentMiB;
        var lists = new List<double>();
        var bytes = 0L;
        for (var i = 0; i < 3; i++)
        {
            (var seconds, bytes) = await GetAsync(server, "/api/v2/alerts", run.Stop);
            lists.Add(seconds);
        }

        var (groups, _) = await GetAsync(server, "/api/v2/alerts/groups", run.Stop);
        run.Say($"{label}: {alerts / first:N0} alerts/s, {(full - empty) * 1024 / alerts:F2} KiB an alert, list {lists.Order().ElementAt(1):F3} s");
        return
        [
            label, $"{alerts:N0}", $"{alerts / first:N0}", $"{alerts / again:N0}", $"{used / alerts * 1e6:F0}", $"{empty:F0}", $"{full:F0}", $"{(full - empty) * 1024 / alerts:F2}",
            $"{lists.Order().ElementAt(1):F3}", $"{bytes / 1048576d:F1}", $"{groups:F3}", $"{server.PeakMiB:F0}",
        ];
    }

    /// <summary>Alerts of other names that fire and end: code is compiled and heaps have their first size before anything is counted.</summary>
    private static async Task WarmAsync(BenchRun run, MeasuredProcess server, int alerts)
    {
        for (var round = 0; round < 4; round++)
        {
            var now = run.Clock.GetUtcNow();
            foreach (var end in (DateTimeOffset[])[now.AddHours(2), now])
                await PostAllAsync(server, AlertBodies.Build(alerts, 500, Groups, now.AddMinutes(-1), end, $"Warm{round}"), run.Stop);
            await GetAsync(server, "/api/v2/alerts", run.Stop);
        }

        // What was asked for often is compiled for good in the background.
        await Task.Delay(TimeSpan.FromSeconds(2), run.Clock, run.Stop);
    }

    private static async Task<double> PostAllAsync(MeasuredProcess server, IReadOnlyList<byte[]> bodies, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            await Task.Yield();
            for (var i = connection; i < bodies.Count; i += Connections) await PostAsync(server, bodies[i], stop);
        }));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static async Task PostAsync(MeasuredProcess server, byte[] body, CancellationToken stop)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var answer = await server.Http.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), content, stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"The server refused alerts with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
    }

    private static async Task<(double Seconds, long Bytes)> GetAsync(MeasuredProcess server, string path, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[256 * 1024];
        long bytes = 0;
        while (await body.ReadAsync(buffer, stop) is var read and > 0) bytes += read;
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, bytes);
    }
}
