using System.Diagnostics;
using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>Remote write into a server of its own: every series is measured by an objective, every answer is durable.</summary>
internal sealed class IngestBench : Benchmark
{
    private const int PerRequest = 2000;

    public override string Name => "ingest";

    public override string Summary => "Remote write, series of seven labels, 2 000 samples a request; Nines answers after the data is durable.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        (int Series, int Ticks, int Senders)[] shapes = run.Quick ? [(2_000, 50, 1), (4_000, 20, 2)] : [(10_000, 1_200, 1), (16_000, 600, 8), (250_000, 40, 8)];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (series, ticks, senders) in shapes)
        {
            run.Say($"building {series * ticks:N0} samples of {series:N0} series");
            var load = Load(run, series, ticks, senders);
            if (rows.Count == 0) rows.Add(await NinesAsync(run, "Nines, no series matched", "", load, rows.Count));
            rows.Add(await NinesAsync(run, "Nines, every series matched, durable", Manifests(series), load, rows.Count));
            if (PeerProcess.Installed("prometheus"))
            {
                await using var peer = await PeerProcess.PrometheusAsync(Path.Combine(run.Scratch, $"{rows.Count}"), "global: {}\n", run.Clock, run.Stop);
                rows.Add(await MeasureAsync(run, $"{await PeerProcess.VersionAsync("prometheus", run.Stop)} (no fsync a request)", peer, load));
            }

            if (PeerProcess.Installed("victoria-metrics"))
            {
                await using var peer = await PeerProcess.VictoriaAsync(Path.Combine(run.Scratch, $"{rows.Count}"), run.Clock, run.Stop);
                rows.Add(await MeasureAsync(run, "VictoriaMetrics (acknowledges from memory)", peer, load));
            }
        }

        return new(
            Name, Summary, ["server", "series", "senders", "samples", "samples/s", "CPU s per million", "request p50 ms", "request p99 ms", "resident MiB"], rows,
            [
                "The senders run on the same machine and are not counted in CPU; each sends series of its own over a connection of its own, one request at a time.",
                "The first tenth of the load, in which every series comes for the first time, is sent before the measurement.",
                "Nines answers once the body is in the log and the log is flushed to the disk; a body of which nothing is asked for leaves nothing behind and is not written.",
            ]);
    }

    /// <summary>One second a tick, ending now: inside every limit on old and future timestamps. Each sender keeps to its series, so that their times never run back.</summary>
    private static RemoteWriteLoad Load(BenchRun run, int series, int ticks, int senders)
    {
        var begin = run.Clock.UnixMs() - (ticks * 1000L);
        var bodies = new RemoteWriteBodies(series, seed: 7);
        var all = Enumerable.Range(0, senders).Select(_ => new List<Request>()).ToArray();
        for (var tick = 0; tick < ticks; tick++)
        {
            var number = 0;
            foreach (var (body, samples) in bodies.At(begin + (tick * 1000L), PerRequest)) all[number++ % senders].Add(new(body, samples));
        }

        return new(series, [.. all.Select(r => r.ToArray())]);
    }

    private static async Task<IReadOnlyList<string>> NinesAsync(BenchRun run, string label, string manifests, RemoteWriteLoad load, int number)
    {
        await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, $"{number}"), run.Clock, run.Stop);
        if (manifests.Length > 0) await server.ApplyAsync(manifests, run.Stop);
        return await MeasureAsync(run, label, server, load);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, RemoteWriteLoad load)
    {
        await Task.WhenAll(load.Senders.Select(r => SendAsync(server, r.AsMemory(0, r.Length / 10), run.Stop)));
        var cpu = server.CpuSeconds;
        var began = Stopwatch.GetTimestamp();
        var waits = (await Task.WhenAll(load.Senders.Select(r => SendAsync(server, r.AsMemory(r.Length / 10), run.Stop)))).SelectMany(w => w).Order().ToArray();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = server.CpuSeconds - cpu;
        var samples = load.Senders.Sum(r => r.Skip(r.Length / 10).Sum(q => (long)q.Samples));
        run.Say($"{label}: {samples / seconds:N0} samples/s, {used / samples * 1e6:F3} CPU s per million");
        return
        [
            label, $"{load.Series:N0}", $"{load.Senders.Length}", $"{samples:N0}", $"{samples / seconds:N0}", $"{used / samples * 1e6:F3}",
            $"{waits[waits.Length / 2]:F2}", $"{waits[(int)(waits.Length * 0.99)]:F2}", $"{server.ResidentMiB:F0}",
        ];
    }

    private static async Task<double[]> SendAsync(MeasuredProcess server, ReadOnlyMemory<Request> requests, CancellationToken stop)
    {
        // Off the caller at once: senders run side by side.
        await Task.Yield();
        var waits = new double[requests.Length];
        for (var i = 0; i < waits.Length; i++)
        {
            using var content = new ByteArrayContent(requests.Span[i].Body);
            content.Headers.TryAddWithoutValidation("Content-Encoding", "snappy");
            content.Headers.TryAddWithoutValidation("Content-Type", "application/x-protobuf");
            var began = Stopwatch.GetTimestamp();
            using var answer = await server.Http.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, stop);
            waits[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (!answer.IsSuccessStatusCode)
                throw new IOException($"The server refused a body with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
        }

        return waits;
    }

    /// <summary>One availability objective a job, so that each of its 200 series counts.</summary>
    private static string Manifests(int series) => string.Join("---\n", Enumerable.Range(0, (series + 199) / 200).Select(i => BenchManifests.Availability($"svc-{i}", $"job=\"svc-{i}\"")));

    private sealed record Request(byte[] Body, int Samples);

    private sealed record RemoteWriteLoad(int Series, Request[][] Senders);
}
