using System.Diagnostics;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Access;

/// <summary>The real program over https with a certificate of its own: curl sets it up, Prometheus sends with a token, openssl sees a renewed certificate.</summary>
public sealed class TlsAndTokensTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-tls-");
    private readonly Uri _address = new($"https://127.0.0.1:{Peer.FreePort()}");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=nines" } });
    private Peer _nines = null!;

    private string Certificate => Path.Combine(_folder.FullName, "cert.pem");

    private string Key => Path.Combine(_folder.FullName, "key.pem");

    private string Data => Path.Combine(_folder.FullName, "data");

    public async Task InitializeAsync()
    {
        await CertifyAsync();
        _nines = Peer.Start(
            "dotnet", "dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "serve", "--listen", _address.ToString().TrimEnd('/'),
            "--certificate", Certificate, "--certificate-key", Key, "--data", Data);
        await _nines.ReadyAsync(_http, new(_address, "/-/ready"));
    }

    public async Task DisposeAsync()
    {
        await _nines.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Server_WithACertificate_IsSetUpByCurlAndFedByPrometheusWithAToken()
    {
        var token = await SetUpAsync();

        await using var prometheus = await PrometheusAsync(token);
        // It scrapes the server's own page and writes it back: both ways need the token.
        var seen = await UntilAsync("/api/v1/signals", token, text => text.Contains("nines_clock_seconds", StringComparison.Ordinal));
        Assert.Contains("nines_clock_seconds", seen, StringComparison.Ordinal);

        var (code, _) = await CurlAsync("-o", Path.Combine(_folder.FullName, "out"), "-w", "%{http_code}", "--data-binary", "x", new Uri(_address, "/api/v1/write").ToString());
        Assert.Equal("401", code);
        var (narrow, _) = await CurlAsync("-o", Path.Combine(_folder.FullName, "out"), "-w", "%{http_code}", "-H", $"Authorization: Bearer {token}", "-X", "DELETE", new Uri(_address, "/api/v1/manifests/SLO/x").ToString());
        Assert.Equal("403", narrow);
    }

    [Fact]
    public async Task Command_WithTheAuthoritysFile_TrustsTheServerAndWithoutItDoesNot()
    {
        var token = await SetUpAsync("*");
        var (words, _, code) = await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "account", "list", "--server", _address.ToString(), "--token", token, "--ca", Certificate);
        Assert.Equal(0, code);
        Assert.Contains("Ada Lovelace", words, StringComparison.Ordinal);

        var (_, said, unsafely) = await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "account", "list", "--server", _address.ToString(), "--token", token);
        Assert.Equal(5, unsafely);
        Assert.Contains("No Nines server answers", said, StringComparison.Ordinal);

        var (_, denied, without) = await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "account", "list", "--server", _address.ToString(), "--ca", Certificate);
        Assert.Equal(4, without);
        Assert.Contains("nines token create", denied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_RenewedOnDisk_IsShownWithoutARestart()
    {
        var before = await SerialAsync();
        await CertifyAsync();
        var after = before;
        for (var i = 0; i < 100 && after == before; i++)
        {
            await Task.Delay(250);
            after = await SerialAsync();
        }

        Assert.NotEqual(before, after);
    }

    /// <summary>As an administrator would with curl alone: the set-up link, the form, a token.</summary>
    private async Task<string> SetUpAsync(string scopes = "signals:send,house:read,signals:read")
    {
        var (link, _, _) = await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "setup", "token", "--data", Data, "--server", _address.ToString(), "--json");
        using var setup = JsonDocument.Parse(link);
        var jar = Path.Combine(_folder.FullName, "jar");
        var (head, _) = await CurlAsync(
            "-i", "-c", jar, "--data-urlencode", "token=" + setup.RootElement.GetProperty("token").GetString(), "--data-urlencode", "name=ada",
            "--data-urlencode", "displayName=Ada Lovelace", "--data-urlencode", "password=" + Password, new Uri(_address, "/setup").ToString());
        Assert.Contains("303", head.Split('\n')[0], StringComparison.Ordinal);
        Assert.Matches("(?i)set-cookie: __Host-nines-session=[^;]+; max-age=\\d+; path=/; secure; samesite=lax; httponly", head);

        var (made, _) = await CurlAsync("-b", jar, "-H", "Content-Type: application/json", "-d", $$"""{"name":"prometheus","scopes":"{{scopes}}"}""", new Uri(_address, "/api/v1/access/tokens").ToString());
        using var answer = JsonDocument.Parse(made);
        return answer.RootElement.GetProperty("token").GetString()!;
    }

    private async Task<IAsyncDisposable> PrometheusAsync(string token)
    {
        var own = new Uri($"http://127.0.0.1:{Peer.FreePort()}");
        var config = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            remote_write:
              - url: {{new Uri(_address, "/api/v1/write")}}
                authorization: { credentials: {{token}} }
                tls_config: { ca_file: {{Certificate}} }
                queue_config: { batch_send_deadline: 1s, min_backoff: 50ms, max_backoff: 1s }
            scrape_configs:
              - job_name: nines
                scheme: https
                authorization: { credentials: {{token}} }
                tls_config: { ca_file: {{Certificate}} }
                static_configs: [{ targets: ["{{_address.Authority}}"] }]

            """);
        var peer = Peer.Start("prometheus", "prometheus", "--config.file=" + config, "--storage.tsdb.path=" + Path.Combine(_folder.FullName, "tsdb"), "--web.listen-address=" + own.Authority);
        await peer.ReadyAsync(_http, new(own, "/-/ready"));
        return peer;
    }

    private async Task<string> UntilAsync(string path, string token, Func<string, bool> wanted)
    {
        var seen = "";
        for (var i = 0; i < 120 && !wanted(seen); i++)
        {
            await Task.Delay(250);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await _http.SendAsync(request);
            seen = await answer.Content.ReadAsStringAsync();
        }

        return seen;
    }

    private async Task CertifyAsync()
    {
        var (_, said, code) = await RunAsync(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", Key, "-out", Certificate, "-days", "2",
            "-subj", "/CN=nines", "-addext", "subjectAltName=IP:127.0.0.1");
        Assert.True(code == 0, said);
    }

    private async Task<string> SerialAsync()
    {
        var (shown, _, _) = await RunAsync("sh", "-c", $"openssl s_client -connect {_address.Authority} </dev/null 2>/dev/null | openssl x509 -noout -serial");
        Assert.StartsWith("serial=", shown, StringComparison.Ordinal);
        return shown;
    }

    private async Task<(string Output, string Error)> CurlAsync(params string[] words)
    {
        var (output, error, code) = await RunAsync("curl", ["-sS", "--cacert", Certificate, .. words]);
        Assert.True(code == 0, error);
        return (output, error);
    }

    private static async Task<(string Output, string Error, int Code)> RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output, await error, process.ExitCode);
    }
}
