using System.Text;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Alertmanager;

/// <summary>Real Prometheus servers with a rule that fires send their alerts to Nines, and only to Nines.</summary>
public sealed class PrometheusAlertsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-alerting-prometheus-");
    private readonly List<Peer> _peers = [];
    private volatile int _broken = 1;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var peer in _peers) await peer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task TwoOfThem_OneRuleFires_IsOneAlert_AndResolves()
    {
        await using var nines = await RunningNines.StartAsync();
        using var target = new PageTarget("text/plain; version=0.0.4", () => Encoding.ASCII.GetBytes($"# TYPE broken gauge\nbroken {_broken}\n"));
        await StartAsync(nines, target, "a");
        await StartAsync(nines, target, "b");
        var firing = await nines.UntilAsync("/api/v2/alerts", a => a.GetArrayLength() > 0, seconds: 90);
        // Both have sent by now; the second changes nothing.
        await Task.Delay(TimeSpan.FromSeconds(10));
        var alert = Assert.Single(firing.EnumerateArray());
        Assert.Single((await nines.GetAsync("/api/v2/alerts")).EnumerateArray());
        Assert.Equal(("Broken", "checkout"), (alert.GetProperty("labels").GetProperty("alertname").GetString(), alert.GetProperty("labels").GetProperty("service").GetString()));
        Assert.Equal("It is broken: 1.", alert.GetProperty("annotations").GetProperty("summary").GetString());
        Assert.StartsWith("http://", alert.GetProperty("generatorURL").GetString(), StringComparison.Ordinal);
        var ours = Assert.Single((await nines.GetAsync("/api/v1/alerts")).EnumerateArray());
        Assert.Equal(("firing", "page", "https://runbooks.example.com/broken"), (ours.GetProperty("state").GetString(), ours.GetProperty("severity").GetString(), ours.GetProperty("annotations").GetProperty("runbook").GetString()));
        Assert.Equal(alert.GetProperty("fingerprint").GetString(), ours.GetProperty("fingerprint").GetString());

        _broken = 0;
        await nines.UntilAsync("/api/v2/alerts", a => a.GetArrayLength() == 0, seconds: 60);
        Assert.Equal("resolved", Assert.Single((await nines.GetAsync("/api/v1/alerts")).EnumerateArray()).GetProperty("state").GetString());
    }

    private async Task StartAsync(RunningNines nines, PageTarget target, string name)
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), """
            groups:
              - name: shop
                interval: 1s
                rules:
                  - alert: Broken
                    expr: broken > 0
                    labels: { severity: critical }
                    annotations: { summary: "It is broken: {{ $value }}.", runbook_url: "https://runbooks.example.com/broken" }
            """);
        // Replicas differ by a label that is dropped on the way to the alert manager, as Prometheus' documentation has it.
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s, external_labels: { replica: {{name}} } }
            rule_files: [rules.yml]
            alerting:
              alert_relabel_configs: [{ action: labeldrop, regex: replica }]
              alertmanagers: [{ static_configs: [{ targets: ["{{nines.Address.Authority}}"] }] }]
            scrape_configs:
              - job_name: shop
                static_configs: [{ targets: ["{{target.Address}}"], labels: { service: checkout } }]
            """);
        var address = new Uri($"http://127.0.0.1:{Peer.FreePort()}");
        var peer = Peer.Start(
            "prometheus", "prometheus", "--config.file=" + Path.Combine(folder, "prometheus.yml"), "--storage.tsdb.path=" + Path.Combine(folder, "data"),
            "--web.listen-address=" + address.Authority, "--rules.alert.resend-delay=2s");
        _peers.Add(peer);
        await peer.ReadyAsync(nines.Http, new Uri(address, "/-/ready"));
    }
}
