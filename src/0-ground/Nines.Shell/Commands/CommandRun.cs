using System.Text.Json;
using Nines.Kernel;
using Spectre.Console;

namespace Nines.Shell;

/// <summary>
/// What a command works with: the two outputs, the server, the clock. With <c>--json</c> standard output carries one
/// JSON value and nothing else; progress and messages always go to standard error.
/// </summary>
public sealed class CommandRun(IAnsiConsole screen, IAnsiConsole messages, TextWriter raw, bool json, ApiClient server, TimeProvider clock, CancellationToken stop)
{
    // "finding" and a space: what is wrong begins at the same place in each line.
    private const int WordWidth = 8;

    /// <summary>True when <c>--json</c> was given.</summary>
    public bool Json { get; } = json;

    /// <summary>Standard output for people; silent with <c>--json</c>.</summary>
    public IAnsiConsole Screen { get; } = screen;

    /// <summary>Standard error.</summary>
    public IAnsiConsole Messages { get; } = messages;

    /// <summary>The server that <c>--server</c> or <c>NINES_SERVER</c> names.</summary>
    public ApiClient Server { get; } = server;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Set by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>Writes the one JSON value of <c>--json</c>.</summary>
    public void WriteJson<T>(T value) => raw.WriteLine(JsonSerializer.Serialize(value, HouseJson.Indented));

    /// <summary>Writes text to standard output exactly as it is.</summary>
    public void WriteRaw(string text) => raw.Write(text);

    /// <summary>Says every problem on standard error, one a line, and gives the exit code.</summary>
    public int Fail(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var colour = problem.IsError ? "red" : "yellow";
            var word = problem.IsError ? "error" : "finding";
            Hanging.Write(Messages, word, problem.ToString(), WordWidth, colour);
        }

        return ExitCode.For(problems);
    }
}
