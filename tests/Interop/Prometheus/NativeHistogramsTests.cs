using System.Text;
using Nines.Host.Demo;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Prometheus;

/// <summary>A real Prometheus scrapes a native histogram (protobuf), remote-writes it, and a latency objective counts from it.</summary>
public sealed class NativeHistogramsTests
{
    private readonly Lock _gate = new();

    // Bucket -1 ends at 0.5 s, bucket 0 at 1 s (schema 0).
    private long _fast = 100, _slow = 10;

    [Fact]
    public async Task RemoteWrite_NativeHistogram_GivesALatencyObjectiveItsCounts()
    {
        using var http = LoopbackHttp.Open(TimeSpan.FromSeconds(10));
        using var target = new PageTarget("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited", Page);
        await using var nines = await RunningNines.StartAsync(("objectives:evaluateEvery", "1s"));
        await nines.ApplyAsync(Manifests);
        await using var prometheus = await PrometheusPeer.StartAsync(
            http, new Uri($"http://127.0.0.1:{Peer.FreePort()}"), new Uri(nines.Address, "/api/v1/write"), true, ("shop", "shop", target.Address));
        await nines.UntilAsync("/api/v1/signals?contains=latency", seen => seen.ToString().Contains("latency_seconds_bucket", StringComparison.Ordinal), seconds: 60);

        lock (_gate) (_fast, _slow) = (1_000, 110);
        await target.ReadAgainAsync(3);
        lock (_gate) (_fast, _slow) = (1_900, 210);

        await nines.UntilAsync("/api/v1/objectives/fast", status => status.GetProperty("total").GetDouble() >= 2000, seconds: 60);
        Assert.Equal((1800, 2000), await nines.CountsAsync("fast"));
    }

    // io.prometheus.client.MetricFamily (prometheus/client_model/metrics.proto), field by field.
    private byte[] Page()
    {
        long fast, slow;
        lock (_gate) (fast, slow) = (_fast, _slow);
        List<byte> histogram = [], span = [], deltas = [], metric = [], label = [], family = [], page = [];
        Varint(histogram, 1, (ulong)(fast + slow));
        Double(histogram, 2, 0.3 * fast);
        Varint(histogram, 5, 0);
        Double(histogram, 6, 1e-128);
        Varint(histogram, 7, 0);
        Varint(span, 1, 1);
        Varint(span, 2, 2);
        Bytes(histogram, 12, span);
        Raw(deltas, ZigZag(fast));
        Raw(deltas, ZigZag(slow - fast));
        Bytes(histogram, 13, deltas);
        Bytes(label, 1, Encoding.ASCII.GetBytes("method"));
        Bytes(label, 2, Encoding.ASCII.GetBytes("GET"));
        Bytes(metric, 1, label);
        Bytes(metric, 7, histogram);
        Bytes(family, 1, Encoding.ASCII.GetBytes("latency_seconds"));
        Varint(family, 3, 4);
        Bytes(family, 4, metric);
        Raw(page, (ulong)family.Count);
        page.AddRange(family);
        return [.. page];
    }

    private const string Manifests = """
        apiVersion: nines/v1
        kind: Service
        metadata: { name: shop }
        spec: { tier: standard }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: fast }
        spec:
          service: shop
          indicator:
            metadata: { name: fast }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'latency_seconds_bucket{job="shop",le="0.5"}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'latency_seconds_count{job="shop"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.95 }]

        """;

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Varint(List<byte> to, int field, ulong value)
    {
        Raw(to, (ulong)(field << 3));
        Raw(to, value);
    }

    private static void Double(List<byte> to, int field, double value)
    {
        Raw(to, (ulong)((field << 3) | 1));
        to.AddRange(BitConverter.GetBytes(value));
    }

    private static void Bytes(List<byte> to, int field, IReadOnlyCollection<byte> content)
    {
        Raw(to, (ulong)((field << 3) | 2));
        Raw(to, (ulong)content.Count);
        to.AddRange(content);
    }

    private static void Raw(List<byte> to, ulong value)
    {
        for (; value > 127; value >>= 7) to.Add((byte)(value | 128));
        to.Add((byte)value);
    }
}
