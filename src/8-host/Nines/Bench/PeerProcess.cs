using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Nines.Host.Bench;

/// <summary>A peer from its package, measured beside Nines in the same run where it is installed.</summary>
internal sealed class PeerProcess : MeasuredProcess
{
    private PeerProcess(Process process, Uri address, TimeProvider clock) : base(process, address, clock)
    {
    }

    /// <summary>True when a program of that name is on the path.</summary>
    public static bool Installed(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>A peer's name and version number, as the program says itself.</summary>
    public static async Task<string> VersionAsync(string program, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        var said = (await output) + (await error);
        var number = Regex.Match(said, @"\d+\.\d+\.\d+", RegexOptions.NonBacktracking).Value;
        var name = program == "victoria-metrics" ? "VictoriaMetrics" : program == "prometheus-alertmanager" ? "Alertmanager" : char.ToUpperInvariant(program[0]) + program[1..];
        return number.Length == 0 ? name : $"{name} {number}";
    }

    /// <summary>Prometheus with a configuration, taking remote write.</summary>
    public static async Task<PeerProcess> PrometheusAsync(string folder, string configuration, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration, stop);
        var port = FreePort();
        return await StartAsync(
            "prometheus",
            [$"--config.file={file}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--storage.tsdb.retention.time=40d", "--web.enable-remote-write-receiver"],
            port, "/-/ready", clock, stop);
    }

    /// <summary>Alertmanager alone, with a configuration.</summary>
    public static async Task<PeerProcess> AlertmanagerAsync(string folder, string configuration, TimeProvider clock, CancellationToken stop)
    {
        var file = Path.Combine(folder, "alertmanager.yml");
        await File.WriteAllTextAsync(file, configuration, stop);
        var port = FreePort();
        return await StartAsync(
            "prometheus-alertmanager",
            [$"--config.file={file}", $"--storage.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            port, "/-/ready", clock, stop);
    }

    /// <summary>VictoriaMetrics as a single server.</summary>
    public static async Task<PeerProcess> VictoriaAsync(string folder, TimeProvider clock, CancellationToken stop, params string[] more)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        return await StartAsync(
            "victoria-metrics", [$"-storageDataPath={folder}/data", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=3", .. more], port, "/health", clock, stop);
    }

    /// <summary>vmalert, which reads from and records into a VictoriaMetrics; what it notifies of goes nowhere that listens for it.</summary>
    public static async Task<PeerProcess> VmalertAsync(string rules, Uri server, Uri notify, TimeProvider clock, CancellationToken stop)
    {
        var port = FreePort();
        return await StartAsync(
            "vmalert",
            [$"-rule={rules}", $"-datasource.url={server}", $"-remoteWrite.url={server}", $"-notifier.url={notify}", "-evaluationInterval=30s", $"-httpListenAddr=127.0.0.1:{port}"],
            port, "/health", clock, stop);
    }

    /// <summary>nginx with one worker, serving a folder of files as they are, packed ones where they lie beside.</summary>
    public static async Task<PeerProcess> NginxAsync(string folder, string files, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            file,
            $"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{ worker_connections 256; }} "
            + $"http {{ types {{ text/html html; }} access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000; open_file_cache max=10; gzip_static on; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder}; server {{ listen 127.0.0.1:{port}; root {files}; }} }}\n",
            stop);
        return await StartAsync("nginx", ["-p", folder, "-e", $"{folder}/error.log", "-c", file], port, "/", clock, stop);
    }

    private static async Task<PeerProcess> StartAsync(string program, string[] words, int port, string ready, TimeProvider clock, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var (process, said) = Run(program, words);
        var peer = new PeerProcess(process, new($"http://127.0.0.1:{port}"), clock);
        await peer.WaitReadyAsync(ready, began, said, stop);
        return peer;
    }
}
