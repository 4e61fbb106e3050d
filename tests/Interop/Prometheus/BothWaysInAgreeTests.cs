using System.Globalization;
using System.Text;
using Nines.Host.Demo;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Prometheus;

/// <summary>
/// A real Prometheus scrapes real exporters, remote-writes into Nines, and Nines also reads it through its API:
/// both ways give the same good and total counts to 0.1 %, over a restart of a target too.
/// </summary>
public sealed class BothWaysInAgreeTests : IAsyncLifetime
{
    private const double Tolerance = 0.001;

    private readonly HttpClient _http = LoopbackHttp.Open(TimeSpan.FromSeconds(10));
    private readonly DemoShop _shop = new(new Dictionary<string, int>(), TimeProvider.System);
    private readonly int _nodePort = Peer.FreePort();
    private readonly Uri _address = new($"http://127.0.0.1:{Peer.FreePort()}");
    private readonly PageTarget _restarting;
    private long _ok = 7, _failed = 3;
    private Peer _node = null!;
    private RunningNines _nines = null!;
    private PrometheusPeer _prometheus = null!;

    public BothWaysInAgreeTests() => _restarting = new PageTarget("text/plain; version=0.0.4", Page);

    public async Task InitializeAsync()
    {
        await _shop.StartAsync(CancellationToken.None);
        // The counters are there at the first read: the same baseline for both ways.
        await BuyAsync(5);
        _node = Peer.Start("prometheus-node-exporter", "prometheus-node-exporter", $"--web.listen-address=127.0.0.1:{_nodePort}");
        await _node.ReadyAsync(_http, new Uri($"http://127.0.0.1:{_nodePort}/metrics"));
        _nines = await RunningNines.StartAsync(("objectives:evaluateEvery", "5s"));
        await _nines.ApplyAsync(Manifests());
        _prometheus = await PrometheusPeer.StartAsync(
            _http, _address, new Uri(_nines.Address, "/api/v1/write"),
            ("payments", "payments", _shop["payments"].Address.Authority), ("node", "node", $"127.0.0.1:{_nodePort}"), ("restarting", "restarting", _restarting.Address));
        await FirstSampleAsync();
    }

    public async Task DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        await _nines.DisposeAsync();
        await _node.DisposeAsync();
        await _shop.DisposeAsync();
        _restarting.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task RemoteWriteAndApi_ErrorsExporterAndRestart_CountTheSame()
    {
        await _restarting.ReadAgainAsync(2);
        Count(ok: 900, failed: 100);
        var before = _shop["payments"].Metrics.Sums();
        await BuyAsync(400);
        _shop["payments"].Fault.Fault = Fault.Errors;
        await BuyAsync(100);
        // It begins at zero again, and counts on.
        (_ok, _failed) = (0, 0);
        Count(ok: 450, failed: 50);
        _shop["payments"].Fault.Fault = Fault.None;
        await BuyAsync(100);
        var after = _shop["payments"].Metrics.Sums();

        // The exporter's counters move by themselves: they stand still once it has ended.
        await _node.DisposeAsync();

        var written = await SettledAsync("written-payments", after.Total - before.Total);
        var read = await SettledAsync("read-payments", after.Total - before.Total);
        var writtenNode = await SettledAsync("written-node", 1);
        var readNode = await SettledAsync("read-node", writtenNode.Total);
        var writtenRestart = await SettledAsync("written-restarting", 1500);
        var readRestart = await SettledAsync("read-restarting", 1500);

        // What the shop itself counted is the truth for both.
        Assert.True(after.Failed - before.Failed > 40, "the fault must have failed requests");
        Near(after.Total - before.Total, written.Total, "total by remote write");
        Near(after.Good - before.Good, written.Good, "good by remote write");
        Near(written.Total, read.Total, "total by API");
        Near(written.Good, read.Good, "good by API");
        Assert.True(writtenNode.Good > 0 && writtenNode.Total > writtenNode.Good, "the node exporter must have counted");
        Near(writtenNode.Total, readNode.Total, "node total by API");
        Near(writtenNode.Good, readNode.Good, "node good by API");
        Assert.Equal((1350, 1500), writtenRestart);
        Assert.Equal((1350, 1500), readRestart);
    }

    private void Count(long ok, long failed)
    {
        Interlocked.Add(ref _ok, ok);
        Interlocked.Add(ref _failed, failed);
    }

    private byte[] Page() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"# TYPE http_requests_total counter\nhttp_requests_total{{code=\"200\"}} {Interlocked.Read(ref _ok)}\nhttp_requests_total{{code=\"500\"}} {Interlocked.Read(ref _failed)}\n"));

    private static void Near(double expected, double found, string what) =>
        Assert.True(Math.Abs(found - expected) <= Tolerance * expected, $"{what}: expected {expected} to 0.1 %, found {found}");

    private async Task BuyAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await _http.GetAsync(new Uri(_shop["payments"].Address, "/charge"));
            await Task.Delay(20);
        }
    }

    /// <summary>Prometheus begins to scrape seconds after it is ready: what happens before is nobody's.</summary>
    private async Task FirstSampleAsync()
    {
        for (var i = 0; i < 300; i++)
        {
            using var answer = await _nines.Http.GetAsync(new Uri(_nines.Address, "/api/v1/signals/http_requests_total"));
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"last\":5", StringComparison.Ordinal)) return;
            await Task.Delay(100);
        }

        Assert.Fail("Prometheus has written nothing within 30 s.");
    }

    /// <summary>Waits for the reader's next turn (once a minute), at most three of them.</summary>
    private async Task<(double Good, double Total)> SettledAsync(string objective, double atLeast)
    {
        var counts = (Good: 0d, Total: 0d);
        for (var i = 0; i < 75; i++)
        {
            counts = await _nines.CountsAsync(objective);
            if (counts.Total >= atLeast * (1 - Tolerance)) return counts;
            await Task.Delay(1000);
        }

        return counts;
    }

    private string Manifests() => $$"""
        apiVersion: openslo/v1
        kind: DataSource
        metadata: { name: prom }
        spec: { type: prometheus, connectionDetails: { url: "{{_address}}" } }
        ---
        apiVersion: nines/v1
        kind: Service
        metadata: { name: payments }
        spec: { tier: standard }
        {{Objective("written-payments", Nines("http_requests_total{job=\"payments\",code!~\"5..\"}"), Nines("http_requests_total{job=\"payments\"}"))}}
        {{Objective("read-payments", Read("http_requests_total{job=\"payments\",code!~\"5..\"}"), Read("http_requests_total{job=\"payments\"}"))}}
        {{Objective("written-restarting", Nines("http_requests_total{job=\"restarting\",code!~\"5..\"}"), Nines("http_requests_total{job=\"restarting\"}"))}}
        {{Objective("read-restarting", Read("sum(http_requests_total{job=\"restarting\",code!~\"5..\"})"), Read("http_requests_total{job=\"restarting\"}"))}}
        {{Objective("written-node", Nines("node_cpu_seconds_total{job=\"node\",mode=\"user\"}"), Nines("node_cpu_seconds_total{job=\"node\"}"))}}
        {{Objective("read-node", Read("node_cpu_seconds_total{job=\"node\",mode=\"user\"}"), Read("node_cpu_seconds_total{job=\"node\"}"))}}

        """;

    private static string Nines(string selector) => $"{{ type: nines, spec: {{ selector: '{selector}' }} }}";

    private static string Read(string query) => $"{{ type: prometheus, metricSourceRef: prom, spec: {{ query: '{query}' }} }}";

    private static string Objective(string name, string good, string total) => $$"""
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}} }
        spec:
          service: payments
          indicator:
            metadata: { name: {{name}}-requests }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: {{good}} }
                total: { metricSource: {{total}} }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]
        """;
}
