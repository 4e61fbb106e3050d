using System.Diagnostics;
using Xunit;

namespace Nines.Tests.Interop.Peers;

/// <summary>Libraries from npm: a folder with a locked list, fetched once, and a script of it that reads standard input.</summary>
internal static class NodePeer
{
    private static readonly SemaphoreSlim Fetching = new(1, 1);

    /// <summary>What a script said; a script that fails fails the test with its words.</summary>
    /// <param name="folder">Below tests/Interop.</param>
    /// <param name="script">In that folder.</param>
    /// <param name="input">Its standard input.</param>
    public static async Task<string> RunAsync(string folder, string script, string input)
    {
        var at = Path.Combine(Repository(), "tests", "Interop", folder);
        await FetchAsync(at);
        var (code, said) = await StartAsync(at, "node", input, script);
        Assert.True(code == 0, said);
        return said.Trim();
    }

    private static async Task FetchAsync(string folder)
    {
        await Fetching.WaitAsync();
        try
        {
            // npm writes this last, so it stands for a finished fetch.
            var fetched = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
            if (fetched.Exists && fetched.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))) return;
            var (code, said) = await StartAsync(folder, "npm", "", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
            Assert.True(code == 0, $"npm could not fetch {folder}/package-lock.json: {said}");
        }
        finally
        {
            Fetching.Release();
        }
    }

    private static async Task<(int Code, string Said)> StartAsync(string folder, string program, string input, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} is missing: install the packages nodejs and npm (./nines test does it).");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await error);
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Nines.slnx"))) at = at.Parent;
        return at!.FullName;
    }
}
