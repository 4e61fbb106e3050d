using System.CommandLine;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>
/// A command that asks the server one thing and prints the answer: one JSON value with <c>--json</c>, words or a table
/// otherwise, or every problem with its exit code.
/// </summary>
/// <typeparam name="T">What is printed.</typeparam>
public abstract class AskCommand<T> : CliCommand
{
    /// <summary>Asks.</summary>
    protected abstract Task<Outcome<T>> AskAsync(ParseResult parse, CommandRun run);

    /// <summary>Prints an answer for people.</summary>
    protected abstract void Show(T answer, CommandRun run);

    /// <summary>The exit code of an answer.</summary>
    protected virtual int CodeOf(T answer) => ExitCode.Done;

    /// <inheritdoc />
    public sealed override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await AskAsync(parse, run);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json) run.WriteJson(answer.Value);
        else Show(answer.Value, run);
        return CodeOf(answer.Value);
    }
}
