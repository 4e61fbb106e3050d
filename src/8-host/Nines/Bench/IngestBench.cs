using System.Diagnostics;
using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>Remote write into a server of its own: every series is measured by an objective, every answer is durable.</summary>
internal sealed class IngestBench : Benchmark
{
    private const int PerRequest = 2000;

    public override string Name => "ingest";

    public override string Summary => "Remote write, 10 000 series of seven labels, 2 000 samples a request; answered after the data is durable.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (series, ticks) = run.Quick ? (2_000, 50) : (10_000, 1_500);
        run.Say($"building {series * ticks:N0} samples");
        // One second a tick, ending now: inside every limit on old and future timestamps.
        var begin = run.Clock.UnixMs() - (ticks * 1000L);
        var bodies = new RemoteWriteBodies(series, seed: 7);
        var requests = Enumerable.Range(0, ticks).SelectMany(t => bodies.At(begin + (t * 1000L), PerRequest)).ToArray();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (label, manifests) in new[] { ("Nines, no series matched", ""), ("Nines, every series matched, durable", Manifests(series)) })
        {
            await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, $"nines{rows.Count}"), run.Clock, run.Stop);
            if (manifests.Length > 0) await server.ApplyAsync(manifests, run.Stop);
            rows.Add(await MeasureAsync(run, label, server, requests));
        }

        if (PeerProcess.Installed("prometheus"))
        {
            await using var peer = await PeerProcess.PrometheusAsync(Path.Combine(run.Scratch, "prometheus"), "global: {}\n", run.Clock, run.Stop);
            rows.Add(await MeasureAsync(run, $"{await PeerProcess.VersionAsync("prometheus", run.Stop)} (no fsync a request)", peer, requests));
        }

        if (PeerProcess.Installed("victoria-metrics"))
        {
            await using var peer = await PeerProcess.VictoriaAsync(Path.Combine(run.Scratch, "victoria"), run.Clock, run.Stop);
            rows.Add(await MeasureAsync(run, "VictoriaMetrics (acknowledges from memory)", peer, requests));
        }

        return new(Name, Summary, ["server", "samples", "samples/s", "CPU s per million", "request p50 ms", "request p99 ms", "resident MiB"], rows, ["One connection; the sender runs on the same machine and is not counted in CPU."]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(BenchRun run, string label, MeasuredProcess server, (byte[] Body, int Samples)[] requests)
    {
        var warm = requests.Length / 10;
        await SendAsync(server, requests.AsMemory(0, warm), run.Stop);
        var cpu = server.CpuSeconds;
        var began = Stopwatch.GetTimestamp();
        var waits = await SendAsync(server, requests.AsMemory(warm), run.Stop);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = server.CpuSeconds - cpu;
        var samples = requests.Skip(warm).Sum(r => (long)r.Samples);
        run.Say($"{label}: {samples / seconds:N0} samples/s, {used / samples * 1e6:F3} CPU s per million");
        Array.Sort(waits);
        return
        [
            label, $"{samples:N0}", $"{samples / seconds:N0}", $"{used / samples * 1e6:F3}", $"{waits[waits.Length / 2]:F2}",
            $"{waits[(int)(waits.Length * 0.99)]:F2}", $"{server.ResidentMiB:F0}",
        ];
    }

    private static async Task<double[]> SendAsync(MeasuredProcess server, ReadOnlyMemory<(byte[] Body, int Samples)> requests, CancellationToken stop)
    {
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
}
