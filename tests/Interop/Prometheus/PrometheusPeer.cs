using Nines.Tests.Interop.Peers;

namespace Nines.Tests.Interop.Prometheus;

/// <summary>A real Prometheus that scrapes what it is told every second and writes it on to Nines.</summary>
internal sealed class PrometheusPeer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Peer _peer;

    private PrometheusPeer(DirectoryInfo folder, Peer peer) => (_folder, _peer) = (folder, peer);

    /// <param name="http">Asks whether it is ready.</param>
    /// <param name="address">Where it shall listen.</param>
    /// <param name="remoteWrite">Where it writes its samples to.</param>
    /// <param name="targets">Job, label <c>service</c> and address of each target.</param>
    public static Task<PrometheusPeer> StartAsync(HttpClient http, Uri address, Uri remoteWrite, params (string Job, string Service, string Address)[] targets) =>
        StartAsync(http, address, remoteWrite, nativeHistograms: false, targets);

    /// <param name="http">Asks whether it is ready.</param>
    /// <param name="address">Where it shall listen.</param>
    /// <param name="remoteWrite">Where it writes its samples to.</param>
    /// <param name="nativeHistograms">It takes native histograms and writes them on.</param>
    /// <param name="targets">Job, label <c>service</c> and address of each target.</param>
    public static async Task<PrometheusPeer> StartAsync(HttpClient http, Uri address, Uri remoteWrite, bool nativeHistograms, params (string Job, string Service, string Address)[] targets)
    {
        var folder = Directory.CreateTempSubdirectory("nines-prometheus-");
        var config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, Config(remoteWrite, nativeHistograms, targets));
        var peer = Peer.Start(
            "prometheus", "prometheus",
            ["--config.file=" + config, "--storage.tsdb.path=" + Path.Combine(folder.FullName, "data"), "--web.listen-address=" + address.Authority, .. nativeHistograms ? ["--enable-feature=native-histograms"] : Array.Empty<string>()]);
        await peer.ReadyAsync(http, new Uri(address, "/-/ready"));
        return new(folder, peer);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Config(Uri remoteWrite, bool nativeHistograms, (string Job, string Service, string Address)[] targets) => $$"""
        global: { scrape_interval: 1s, scrape_timeout: 1s }
        remote_write:
          - url: {{remoteWrite}}
            send_native_histograms: {{(nativeHistograms ? "true" : "false")}}
            queue_config: { batch_send_deadline: 1s, min_backoff: 50ms, max_backoff: 1s }
        scrape_configs:
        {{string.Join("\n", targets.Select(t => $$"""
          - job_name: {{t.Job}}
            static_configs: [{ targets: ["{{t.Address}}"], labels: { service: {{t.Service}} } }]
        """))}}

        """;
}
