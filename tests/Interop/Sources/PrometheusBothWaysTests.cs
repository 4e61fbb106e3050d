using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nines.Tests.Interop.Ingestion;
using Xunit;

namespace Nines.Tests.Interop.Sources;

/// <summary>
/// A real Prometheus scrapes a real target, writes into Nines by remote write, and is read by Nines through its API: both ways
/// give the same good and total counts, over a restart of the target too.
/// </summary>
public sealed class PrometheusBothWaysTests
{
    [Fact]
    public async Task RemoteWriteAndApi_SameTarget_GiveTheSameCounts()
    {
        await using var nines = await RunningNines.StartAsync();
        using var target = new Target();
        var port = FreePort();
        using var prometheus = StartPrometheus(nines, target.Port, port);
        try
        {
            await nines.UntilAsync("/api/v1/signals", seen => seen.ToString().Contains("http_requests_total", StringComparison.Ordinal));
            await nines.ApplyAsync(Manifests(port));
            await nines.UntilAsync("/api/v1/sources", all => all.GetArrayLength() == 1 && all[0].GetProperty("state").GetString() == "live", seconds: 90);
            // Both have a first value now; whatever comes from here on is an increase.
            await Task.Delay(5_000);
            target.Count(ok: 900, failed: 100);
            await Task.Delay(4_000);
            target.Restart();
            target.Count(ok: 450, failed: 50);

            await nines.UntilAsync("/api/v1/objectives/api", status => status.GetProperty("total").GetDouble() >= 1500, seconds: 150);
            var (pulled, pushed) = (await nines.GetAsync("/api/v1/objectives/api"), await nines.GetAsync("/api/v1/objectives/native"));

            Assert.Equal((1500, 1350), (pulled.GetProperty("total").GetDouble(), pulled.GetProperty("good").GetDouble()));
            Assert.Equal((1500, 1350), (pushed.GetProperty("total").GetDouble(), pushed.GetProperty("good").GetDouble()));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private static Process StartPrometheus(RunningNines nines, int targetPort, int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(nines.Folder, "prometheus")).FullName;
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs: [{ job_name: shop, static_configs: [{ targets: ["127.0.0.1:{{targetPort}}"] }] }]
            remote_write: [{ url: "{{nines.Address}}api/v1/write" }]
            """);
        var start = new ProcessStartInfo("prometheus") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}" }) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("There is no prometheus on this machine. Install the package \"prometheus\".");
            throw;
        }
    }

    private static string Manifests(int port) => $$"""
        apiVersion: openslo/v1
        kind: DataSource
        metadata: { name: prom }
        spec: { type: prometheus, connectionDetails: { url: "http://127.0.0.1:{{port}}" } }
        ---
        apiVersion: openslo/v1
        kind: Service
        metadata: { name: shop }
        spec: {}
        ---
        {{Slo("native", "type: nines, spec: { selector: 'http_requests_total{job=\"shop\",code!~\"5..\"}' }", "type: nines, spec: { selector: 'http_requests_total{job=\"shop\"}' }")}}
        ---
        {{Slo("api", "metricSourceRef: prom, type: prometheus, spec: { query: 'sum(http_requests_total{job=\"shop\",code!~\"5..\"})' }", "metricSourceRef: prom, type: prometheus, spec: { query: 'http_requests_total{job=\"shop\"}' }")}}
        """;

    private static string Slo(string name, string good, string total) =>
        $"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {name} }}\nspec:\n  service: shop\n  indicator:\n    metadata: {{ name: {name} }}\n    spec:\n      ratioMetric:\n        counter: true\n"
        + $"        good: {{ metricSource: {{ {good} }} }}\n        total: {{ metricSource: {{ {total} }} }}\n"
        + "  timeWindow: [{ duration: 1d, isRolling: true }]\n  budgetingMethod: Occurrences\n  objectives: [{ target: 0.9 }]\n";

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>A page with one counter in two series.</summary>
    private sealed class Target : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private long _ok = 7, _failed = 3;

        public Target()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Count(long ok, long failed)
        {
            Interlocked.Add(ref _ok, ok);
            Interlocked.Add(ref _failed, failed);
        }

        public void Restart()
        {
            Interlocked.Exchange(ref _ok, 0);
            Interlocked.Exchange(ref _failed, 0);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[8192], _stop.Token);
                var page = string.Create(CultureInfo.InvariantCulture, $"# TYPE http_requests_total counter\nhttp_requests_total{{code=\"200\"}} {Interlocked.Read(ref _ok)}\nhttp_requests_total{{code=\"500\"}} {Interlocked.Read(ref _failed)}\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\nContent-Length: {page.Length}\r\n\r\n{page}"), _stop.Token);
            }
        }
    }
}
