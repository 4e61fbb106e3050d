using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>
/// One command of the allow-list: no shell, an environment of its own, a fixed folder, a time limit after which it and everything
/// that it started is ended, and no more output kept than a person reads.
/// </summary>
internal sealed class ProcessRun(IOptions<RunnerOptions> options, TimeProvider clock)
{
    /// <summary>So much of the output is kept.</summary>
    public const int LongestOutput = 64 * 1024;

    /// <summary>Whoever writes more than this is ended: it floods.</summary>
    public const int MostOutput = 16 * 1024 * 1024;

    // After its end a process may leave a child behind that holds the pipe: nobody waits for that.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private const string SafePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public bool MayRepeat(RunnerAction action) =>
        action.Repeatable || action.Reads || (action.Command is { } command && options.Value.Commands.GetValueOrDefault(command.Name)?.Repeatable == true);

    public async Task<RunnerResult> RunAsync(CommandAction asked, Duration timeout, CancellationToken stop)
    {
        var arguments = CommandArguments.Of(options.Value.Commands, asked);
        if (!arguments.Ok) return new(RunnerVerdict.Failed, string.Join(" ", arguments.Problems));
        var command = options.Value.Commands[asked.Name];
        var limit = Duration.Min(timeout, FieldDuration.Parse(command.Timeout));
        using var process = new Process { StartInfo = Start(command, arguments.Value) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return new(RunnerVerdict.Failed, $"The command could not be started: {e.Message}");
        }

        return await FollowAsync(process, asked, limit, stop);
    }

    private static ProcessStartInfo Start(AllowedCommand command, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command.File, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SafePath;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var name in command.Environment)
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        return start;
    }

    private async Task<RunnerResult> FollowAsync(Process process, CommandAction asked, Duration limit, CancellationToken stop)
    {
        process.StandardInput.Close();
        using var output = new Output();
        using var bounded = new CancellationTokenSource(limit.ToTimeSpan(), clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, bounded.Token, output.Flooded);
        using var reading = new CancellationTokenSource();
        var read = Task.WhenAll(output.TakeAsync(process.StandardOutput.BaseStream, reading.Token), output.TakeAsync(process.StandardError.BaseStream, reading.Token));
        try
        {
            await process.WaitForExitAsync(any.Token);
            await Task.WhenAny(read, Task.Delay(LastWords, clock, any.Token));
            return Judge(asked, process.ExitCode, output.Text);
        }
        catch (OperationCanceledException)
        {
            End(process);
            stop.ThrowIfCancellationRequested();
            var why = output.Flooded.IsCancellationRequested ? $"It was ended: it wrote more than {MostOutput / 1024 / 1024} MB." : $"It was ended: it did not finish within {FieldDuration.Format(limit)}.";
            return new(RunnerVerdict.Failed, $"{why} What it did until then is done.{(output.Text is { Length: > 0 } text ? "\n" + text : "")}");
        }
        finally
        {
            await reading.CancelAsync();
            await ((Task)read).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Held against what is expected: exit code 0 unless it says otherwise.</summary>
    internal static RunnerResult Judge(CommandAction asked, int exit, string output)
    {
        var said = $"exit {exit}{(output.Length > 0 ? "\n" + output : "")}";
        if (exit != (asked.Exit ?? 0)) return new(asked.Exit is null ? RunnerVerdict.Failed : RunnerVerdict.Unexpected, said);
        return asked.Contains.Length > 0 && !output.Contains(asked.Contains, StringComparison.Ordinal)
            ? new(RunnerVerdict.Unexpected, $"The output does not hold \"{asked.Contains}\".\n{said}")
            : new(RunnerVerdict.AsExpected, said);
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in this very moment.
        }
    }

    /// <summary>Both streams in the order in which they came; the rest is read and dropped, so that a full pipe stops nobody.</summary>
    private sealed class Output : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly MemoryStream _kept = new();
        private readonly CancellationTokenSource _flooded = new();
        private long _all;

        public CancellationToken Flooded => _flooded.Token;

        public string Text
        {
            get
            {
                lock (_gate) return RunnerText.Clean(Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length), []).TrimEnd() + (_all > LongestOutput ? $"\n… (cut: it wrote {_all} bytes)" : "");
            }
        }

        public async Task TakeAsync(Stream from, CancellationToken stop)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                int read;
                while ((read = await from.ReadAsync(buffer, stop)) > 0)
                    if (Keep(buffer.AsSpan(0, read))) await _flooded.CancelAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Ended, or its pipe is closed: what came is kept.
            }
        }

        public void Dispose()
        {
            _flooded.Dispose();
            _kept.Dispose();
        }

        private bool Keep(ReadOnlySpan<byte> bytes)
        {
            lock (_gate)
            {
                _all += bytes.Length;
                if (_kept.Length < LongestOutput) _kept.Write(bytes[..(int)Math.Min(bytes.Length, LongestOutput - _kept.Length)]);
                return _all > MostOutput;
            }
        }
    }
}
