using System.Diagnostics;
using System.Text.Json;

namespace Nines.Tests.Interop.Commands;

/// <summary>The real program, run with words as a user would type them.</summary>
internal sealed record NinesCommand(int Exit, string Output, string Error)
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "nines.dll");

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    public static Task<NinesCommand> RunAsync(params string[] words) => StartAsync(new("dotnet", [Program, .. words]));

    /// <summary>Runs a shell script in a mount namespace of its own: <c>$1</c> is a folder to mount on, <c>$2</c> the program.</summary>
    public static async Task<NinesCommand> RunMountedAsync(string script, string folder)
    {
        string[] space = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
        return await StartAsync(new("unshare", [.. space, "sh", "-c", script, "sh", folder, Program]));
    }

    private static async Task<NinesCommand> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
