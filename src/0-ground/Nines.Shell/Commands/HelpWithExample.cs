using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nines.Shell;

/// <summary>A command's help, with a whole line that works at its end.</summary>
internal sealed class HelpWithExample(HelpAction help, IReadOnlyDictionary<Command, CliCommand> commands) : SynchronousCommandLineAction
{
    /// <summary>Help is given also where the rest of the line is incomplete.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (commands.TryGetValue(parseResult.CommandResult.Command, out var command))
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {command.Example}\n");
        return code;
    }
}
