using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Nines.Tests.Interop.Peers;

/// <summary>A real program from its package, started for one test and ended by its process id.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private bool _ended;

    private Peer(Process process) => _process = process;

    /// <summary>Starts a program; a missing one fails the test with the package to install.</summary>
    public static Peer Start(string program, string package, params string[] words)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{program} is missing: install the package {package} (./nines test does it).");
        var start = new ProcessStartInfo(path!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in words) start.ArgumentList.Add(word);
        var peer = new Peer(Process.Start(start)!);
        peer._process.ErrorDataReceived += (_, line) => peer.Hear(line.Data);
        peer._process.OutputDataReceived += (_, line) => peer.Hear(line.Data);
        peer._process.BeginErrorReadLine();
        peer._process.BeginOutputReadLine();
        return peer;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until an address answers 200.</summary>
    public async Task ReadyAsync(HttpClient http, Uri address)
    {
        for (var i = 0; i < 300; i++)
        {
            Assert.False(_process.HasExited, $"The peer ended with {(_process.HasExited ? _process.ExitCode : 0)}. It said:\n{Said}");
            try
            {
                using var answer = await http.GetAsync(address);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(100);
        }

        Assert.Fail($"{address} was not ready within 30 s. The peer said:\n{Said}");
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}
