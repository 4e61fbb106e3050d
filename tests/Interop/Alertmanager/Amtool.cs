using System.Diagnostics;

namespace Nines.Tests.Interop.Alertmanager;

/// <summary>Alertmanager's own command, from its package.</summary>
internal sealed record Amtool(int Exit, string Output, string Error)
{
    public static async Task<Amtool> RunAsync(Uri server, params string[] words)
    {
        var start = new ProcessStartInfo("amtool", ["--alertmanager.url=" + server.ToString().TrimEnd('/'), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }

    /// <summary>What it says; anything but success fails the test with its words.</summary>
    public static async Task<string> SaysAsync(Uri server, params string[] words)
    {
        var ran = await RunAsync(server, words);
        Xunit.Assert.True(ran.Exit == 0, $"amtool {string.Join(' ', words)}: {ran.Error}{ran.Output}");
        return ran.Output.Trim();
    }
}
