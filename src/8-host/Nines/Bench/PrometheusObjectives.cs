using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using IronSnappy;
using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>
/// What the same objectives cost in Prometheus with Sloth's rules: 20 series an objective, 3 days of raw counters and
/// 30 days of the recorded 5-minute ratio behind it, a live target, evaluation every 30 s.
/// </summary>
internal static class PrometheusObjectives
{
    private const int Pods = 4;
    private const int StepMs = 30_000;
    private const int Chunk = 50;
    private static readonly string[] Codes = ["200", "201", "404", "429", "500"];

    /// <summary>CPU and memory for each size: all histories are filled first, then all servers are measured side by side.</summary>
    public static async Task<IReadOnlyList<ServerFigure>> MeasureAsync(BenchRun run, IReadOnlyList<int> sizes)
    {
        foreach (var objectives in sizes)
        {
            run.Say($"Prometheus, {objectives} objectives: backfilling 3 days of counters and 30 days of recorded ratios");
            await using var loading = await PeerProcess.PrometheusAsync(FolderOf(run, objectives), "global: {}\n", run.Clock, run.Stop);
            await BackfillAsync(loading.Http, run, objectives);
        }

        run.Say("Prometheus: warming up for 120 s, then measuring 5 cycles of 30 s");
        return await Task.WhenAll(sizes.Select(objectives => MeasureAsync(run, objectives)));
    }

    private static async Task<ServerFigure> MeasureAsync(BenchRun run, int objectives)
    {
        var folder = FolderOf(run, objectives);
        await using var target = await CounterTarget.StartAsync(Page(objectives), run.Clock);
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), SlothRules.File(objectives), run.Stop);
        await using var peer = await PeerProcess.PrometheusAsync(folder, Configuration(folder, target.Address), run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(120), run.Clock, run.Stop);
        var (cpu, evaluated) = (peer.CpuSeconds, await EvaluatedAsync(peer, run));
        await Task.Delay(TimeSpan.FromSeconds(150), run.Clock, run.Stop);
        cpu = peer.CpuSeconds - cpu;
        // On a machine that is too busy it leaves cycles out: only those that were done count.
        var cycles = (await EvaluatedAsync(peer, run) - evaluated) / (SlothRules.RulesOfOne * (double)objectives);
        return new(objectives, "30s", cpu * 1000 / objectives / cycles, peer.ResidentMiB);
    }

    private static async Task<double> EvaluatedAsync(PeerProcess peer, BenchRun run)
    {
        var page = await peer.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), run.Stop);
        return page.Split('\n').Where(l => l.StartsWith("prometheus_rule_evaluations_total{", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static string FolderOf(BenchRun run, int objectives) => Path.Combine(run.Scratch, $"prometheus-objectives-{objectives}");

    private static string Configuration(string folder, Uri target) => $$"""
        global: {scrape_interval: 30s, evaluation_interval: 30s}
        rule_files: ['{{folder}}/rules.yml']
        scrape_configs:
        - job_name: slo
          honor_labels: true
          static_configs: [{targets: ['{{target.Authority}}']}]
          metric_relabel_configs: [{regex: instance, action: labeldrop}]

        """;

    /// <summary>Writes 3 days of counters and 30 days of recorded ratios, the same for every server that takes remote write.</summary>
    public static async Task BackfillAsync(HttpClient http, BenchRun run, int objectives)
    {
        var end = run.Clock.UnixMs() / StepMs * StepMs;
        var random = new Random(7);
        var recorded = Enumerable.Range(0, objectives).Select(RecordedLabels).ToArray();
        var raw = Enumerable.Range(0, objectives).SelectMany(SeriesOf).ToArray();
        var values = new double[raw.Length];
        for (var at = end - (30L * 86_400_000); at < end; at += (long)StepMs * Chunk)
        {
            run.Stop.ThrowIfCancellationRequested();
            await SendAsync(http, recorded, at, i => random.NextDouble() * 0.001, run.Stop);
            if (at < end - (3L * 86_400_000)) continue;
            await SendAsync(http, [.. raw.Select(s => s.Labels)], at, i => values[i] += raw[i].Step * random.NextDouble(), run.Stop);
        }
    }

    private static async Task SendAsync(HttpClient http, byte[][] labels, long from, Func<int, double> next, CancellationToken stop)
    {
        var samples = new (long, double)[Chunk];
        for (var first = 0; first < labels.Length; first += 100)
        {
            var body = new ArrayBufferWriter<byte>(1 << 20);
            for (var i = first; i < Math.Min(first + 100, labels.Length); i++)
            {
                for (var k = 0; k < Chunk; k++) samples[k] = (from + ((long)k * StepMs), next(i));
                RemoteWriteEncoder.WriteSeries(body, labels[i], samples);
            }

            using var content = new ByteArrayContent(Snappy.Encode(body.WrittenSpan));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.TryAddWithoutValidation("Content-Encoding", "snappy");
            using var answer = await http.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, stop);
            if (!answer.IsSuccessStatusCode) throw new IOException($"The server refused the backfill: {await answer.Content.ReadAsStringAsync(stop)}");
        }
    }

    private static byte[] RecordedLabels(int i) => RemoteWriteEncoder.Labels(
        ("__name__", "slo:sli_error:ratio_rate5m"), ("sloth_id", $"svc-{i}-availability"), ("sloth_service", $"svc-{i}"), ("sloth_slo", "availability"), ("sloth_window", "5m"));

    private static IEnumerable<(byte[] Labels, double Step)> SeriesOf(int i) =>
        from pod in Enumerable.Range(0, Pods)
        from code in Codes
        select (RemoteWriteEncoder.Labels(("__name__", "http_requests_total"), ("code", code), ("job", $"svc-{i}"), ("pod", $"svc-{i}-pod-{pod}")), code is "429" or "500" ? 0.6 : 300d);

    /// <summary>The live page: the same series, growing with time since they were started.</summary>
    public static Func<long, byte[]> Page(int objectives)
    {
        var names = (
            from i in Enumerable.Range(0, objectives)
            from pod in Enumerable.Range(0, Pods)
            from code in Codes
            select ($"http_requests_total{{code=\"{code}\",job=\"svc-{i}\",pod=\"svc-{i}-pod-{pod}\"}} ", code is "429" or "500" ? 0.02 : 10d)).ToArray();
        return unixMs =>
        {
            var page = new StringBuilder("# TYPE http_requests_total counter\n", names.Length * 80);
            foreach (var (name, rate) in names) page.Append(name).Append(((long)(unixMs / 1000d * rate)).ToString(CultureInfo.InvariantCulture)).Append('\n');
            return Encoding.UTF8.GetBytes(page.ToString());
        };
    }
}
