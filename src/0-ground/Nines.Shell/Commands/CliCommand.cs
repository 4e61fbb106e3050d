using System.CommandLine;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>
/// One command of the command line: noun folder, verb file. The same object is help, documentation and registration.
/// </summary>
public abstract class CliCommand
{
    /// <summary>The words after <c>nines</c>: <c>slo show</c>.</summary>
    public abstract string Path { get; }

    /// <summary>One sentence, shown in lists.</summary>
    public abstract string Summary { get; }

    /// <summary>A whole line that works, shown in help.</summary>
    public abstract string Example { get; }

    /// <summary>What the caller needs at the server; <see cref="Kernel.Permission.Nothing"/> for a command that asks none.</summary>
    public abstract Permission Permission { get; }

    /// <summary>Adds arguments and options.</summary>
    public virtual void Configure(Command command)
    {
    }

    /// <summary>Runs it and returns the exit code (<see cref="ExitCode"/>).</summary>
    public abstract Task<int> RunAsync(ParseResult parse, CommandRun run);
}
