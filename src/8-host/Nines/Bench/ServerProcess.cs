using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nines.Host.Bench;

/// <summary>
/// This very program as a server in a process of its own, so that its CPU and memory can be told from the load's.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TimeProvider _clock;

    private ServerProcess(Process process, Uri address, TimeProvider clock)
    {
        (_process, Address, _clock) = (process, address, clock);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client for it.</summary>
    public HttpClient Http { get; }

    /// <summary>Seconds from the start of the process to the first 200 of <c>/-/ready</c>.</summary>
    public double ReadyAfterSeconds { get; private set; }

    /// <summary>CPU seconds that the server has used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024d * 1024);
        }
    }

    /// <summary>Starts a server on a free port and waits until it is ready.</summary>
    /// <exception cref="IOException">It ended, or was not ready within a minute; the message carries what it said.</exception>
    public static async Task<ServerProcess> StartAsync(string data, TimeProvider clock, CancellationToken stop, params string[] more)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        foreach (var word in (string[])["serve", "--listen", address.ToString().TrimEnd('/'), "--data", data, "--open", .. more]) start.ArgumentList.Add(word);
        var began = clock.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!, address, clock);
        var said = new System.Text.StringBuilder();
        server._process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        server._process.OutputDataReceived += (_, _) => { };
        server._process.BeginErrorReadLine();
        server._process.BeginOutputReadLine();
        while (!await server.IsReadyAsync(stop))
        {
            if (server._process.HasExited || clock.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
                throw new IOException($"The server did not become ready. It said:\n{said}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), clock, stop);
        }

        server.ReadyAfterSeconds = clock.GetElapsedTime(began).TotalSeconds;
        return server;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Applies manifests over HTTP, as a user would.</summary>
    /// <exception cref="IOException">The server refused them.</exception>
    public async Task ApplyAsync(string yaml, CancellationToken stop)
    {
        using var body = new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body, stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"Manifests were refused: {await answer.Content.ReadAsStringAsync(stop)}");
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15), _clock);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/-/ready", UriKind.Relative), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
