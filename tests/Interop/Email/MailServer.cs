using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Nines.Tests.Interop.Email;

/// <summary>A real mail server: aiosmtpd from its package, which ends with this object.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly Process _process;

    private MailServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="certificate">A file with key and certificate, for STARTTLS; null for a plain server.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    public static async Task<MailServer> StartAsync(string? certificate = null, int port = 0)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Email", "receiver.py");
        var start = new ProcessStartInfo("/usr/bin/python3", certificate is null ? [script, $"{port}"] : [script, $"{port}", certificate])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var taken = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        if (taken is null)
        {
            var said = await process.StandardError.ReadToEndAsync();
            process.Dispose();
            Assert.Fail($"aiosmtpd did not start. Install it: apt-get install python3-aiosmtpd. It said: {said}");
        }

        return new(process, int.Parse(taken!, CultureInfo.InvariantCulture));
    }

    /// <summary>The next mail that it took, as Python's own parser reads it.</summary>
    public async Task<JsonElement> NextAsync(TimeSpan? patience = null)
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(patience ?? TimeSpan.FromSeconds(20));
        using var json = JsonDocument.Parse(line!);
        return json.RootElement.Clone();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }
}
