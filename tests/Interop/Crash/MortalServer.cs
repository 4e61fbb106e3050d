using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>The real program in a process of its own that is started, killed (SIGKILL) and started again over one folder.</summary>
internal sealed class MortalServer : IAsyncDisposable
{
    private readonly string[] _words;
    private readonly StringBuilder _said = new();
    private Process? _process;

    public MortalServer(string data, params string[] more)
    {
        Address = new($"http://127.0.0.1:{Peer.FreePort()}");
        Http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        _words = [Path.Combine(AppContext.BaseDirectory, "nines.dll"), "serve", "--open", "--listen", Address.ToString().TrimEnd('/'), "--data", data, .. more];
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>Starts the process; it is not ready yet.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet", _words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        for (var i = 0; i < 1200; i++)
        {
            Assert.False(_process!.HasExited, $"The server ended by itself. It said:\n{Said}");
            if (await ReadyAsync()) return;
            await Task.Delay(50);
        }

        Assert.Fail($"The server was not ready within a minute. It said:\n{Said}");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops it in the middle of whatever it does, as a frozen machine would; <see cref="Resume"/> lets it go on.</summary>
    public void Pause() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    /// <summary>Applies manifests; a refusal fails the test with its words.</summary>
    public async Task ApplyAsync(string yaml)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null) await KillAsync();
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [name, $"{_process!.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}
