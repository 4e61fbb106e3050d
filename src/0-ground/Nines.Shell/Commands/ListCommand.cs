using System.CommandLine;
using Nines.Kernel;
using Spectre.Console;

namespace Nines.Shell;

/// <summary>A command that prints the rows of one list, narrowed by the same words as the page's filter.</summary>
/// <typeparam name="T">A row.</typeparam>
public abstract class ListCommand<T> : AskCommand<T[]>
{
    private readonly Argument<string[]> _filter = new("filter") { Description = "Words or column:text, as in the page's filter", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The path that answers the rows and takes the filter as <c>q</c>.</summary>
    protected abstract string Door { get; }

    /// <summary>What is said instead of a table without rows.</summary>
    protected abstract string Empty { get; }

    /// <summary>The rows for people.</summary>
    protected abstract TextTable Table(T[] rows);

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_filter);

    /// <inheritdoc />
    protected sealed override Task<Outcome<T[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<T[]>($"{Door}?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []))}", run.Stop);

    /// <inheritdoc />
    protected sealed override void Show(T[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine(Empty);
        else Table(answer).Write(run.Screen);
    }
}
