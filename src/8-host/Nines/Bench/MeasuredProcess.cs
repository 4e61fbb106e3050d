using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nines.Host.Bench;

/// <summary>A server in a process of its own, so that its CPU and memory can be told from the load's. Ended by its id.</summary>
internal class MeasuredProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TimeProvider _clock;

    protected MeasuredProcess(Process process, Uri address, TimeProvider clock)
    {
        (_process, Address, _clock) = (process, address, clock);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client for it.</summary>
    public HttpClient Http { get; }

    /// <summary>Seconds from the start of the process to the first 200 of its readiness page.</summary>
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

    /// <summary>The highest resident memory so far in MiB, as Linux counts it.</summary>
    public double PeakMiB => !File.Exists($"/proc/{_process.Id}/status")
        ? ResidentMiB
        : File.ReadLines($"/proc/{_process.Id}/status").Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(l => double.Parse(l.AsSpan(6).Trim(" \tkB"), System.Globalization.CultureInfo.InvariantCulture) / 1024).FirstOrDefault();

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and insists after 15 s.</summary>
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
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a program and returns it with what it says.</summary>
    protected static (Process Process, Func<string> Said) Run(string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var said = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return (process, () =>
        {
            lock (said) return said.ToString();
        }
        );
    }

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="IOException">It ended, or was not ready within five minutes; the message carries what it said.</exception>
    protected async Task WaitReadyAsync(string path, long began, Func<string> said, CancellationToken stop)
    {
        while (!await IsReadyAsync(path, stop))
        {
            if (_process.HasExited || _clock.GetElapsedTime(began) > TimeSpan.FromMinutes(5))
                throw new IOException($"The server did not become ready. It said:\n{said()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), _clock, stop);
        }

        ReadyAfterSeconds = _clock.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<bool> IsReadyAsync(string path, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
