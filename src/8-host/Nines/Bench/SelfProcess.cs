using System.Diagnostics;

namespace Nines.Host.Bench;

/// <summary>This very program as a command that runs to its end.</summary>
internal static class SelfProcess
{
    /// <summary>The words that start this program again: the program itself, or the runtime and its file.</summary>
    public static (string Program, IReadOnlyList<string> Words) Command(IReadOnlyList<string> words)
    {
        var program = Environment.ProcessPath!;
        return (program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(SelfProcess).Assembly.Location, .. words] : words);
    }

    /// <summary>Runs a command of this program.</summary>
    /// <exception cref="IOException">It failed; the message carries what it said.</exception>
    public static async Task<CommandFigure> RunAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        var (program, all) = Command(words);
        var start = new ProcessStartInfo(program, all) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var (cpu, began) = (Machine.EndedChildrenCpuSeconds(), Stopwatch.GetTimestamp());
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(stop);
        var output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (process.ExitCode != 0) throw new IOException($"nines {words[0]} ended with {process.ExitCode}: {await error}");
        return new(output, elapsed, Machine.EndedChildrenCpuSeconds() - cpu);
    }
}

/// <summary>What a command printed and cost.</summary>
/// <param name="CpuSeconds">To a hundredth; of commands that run one at a time.</param>
internal sealed record CommandFigure(string Output, double ElapsedSeconds, double CpuSeconds);
