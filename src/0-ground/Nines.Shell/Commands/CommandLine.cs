using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace Nines.Shell;

/// <summary>The server that a command asks, and how.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Token">What is sent to it; null for nothing.</param>
/// <param name="Authorities">PEM file of whom its certificate is trusted by; null for the system's.</param>
public sealed record ServerAddress(Uri Address, string? Token, string? Authorities);

/// <summary>
/// The command frame: builds the tree from every room's commands and runs one. All knowledge of System.CommandLine's
/// traps stands here (exit 2 on wrong use, no response files, help with an example, messages on standard error).
/// </summary>
public sealed class CommandLine(IReadOnlyList<CliCommand> commands, TimeProvider clock, Func<ServerAddress, HttpClient> connect)
{
    private const string DefaultServer = "http://127.0.0.1:7070";

    // Piped tables keep a width that a log can show; piped messages are never broken, so that they can be searched.
    private const int TableWidth = 160;
    private const int UnbrokenLine = 100_000;

    private readonly Option<bool> _json = new("--json") { Description = "One JSON value on standard output, nothing else", Recursive = true };
    private readonly Option<string?> _server = new("--server") { Description = "The server's address (or NINES_SERVER)", Recursive = true };
    private readonly Option<string?> _authorities = new("--ca") { Description = "PEM file of the authority that signed the server's certificate (or NINES_CA)", Recursive = true };
    private readonly Option<string?> _token = new("--token") { Description = "Access token (or NINES_TOKEN)", Recursive = true };

    /// <summary>Parses and runs one command line; returns the exit code.</summary>
    public async Task<int> RunAsync(string[] words, TextWriter output, TextWriter error)
    {
        var root = BuildTree();
        var parse = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0) return Misused(parse, error);
        return await parse.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            Output = output,
            Error = error,
        });
    }

    private static int Misused(ParseResult parse, TextWriter error)
    {
        foreach (var mistake in parse.Errors) error.WriteLine("error " + mistake.Message);
        var path = string.Join(' ', WordsOf(parse.CommandResult).Reverse());
        error.WriteLine($"See \"nines {path}{(path.Length > 0 ? " " : "")}--help\".");
        return ExitCode.Invalid;
    }

    private static IEnumerable<string> WordsOf(CommandResult result)
    {
        for (var at = result; at?.Parent is CommandResult parent; at = parent) yield return at.Command.Name;
    }

    private RootCommand BuildTree()
    {
        var root = new RootCommand("Nines carries a team around the reliability loop: measure, alert, page, respond, learn, improve, govern.")
        {
            _json, _server, _token, _authorities,
        };
        var planted = new Dictionary<Command, CliCommand>();
        foreach (var command in commands.OrderBy(c => c.Path, StringComparer.Ordinal)) planted[Plant(root, command)] = command;
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExample((HelpAction)help.Action!, planted);
        return root;
    }

    private Command Plant(Command root, CliCommand command)
    {
        var at = root;
        var words = command.Path.Split(' ');
        foreach (var word in words)
        {
            var next = at.Subcommands.FirstOrDefault(c => c.Name == word);
            if (next is null) at.Subcommands.Add(next = new(word, GroupSummary(word)));
            at = next;
        }

        at.Description = command.Summary;
        command.Configure(at);
        RefuseMistypedOptions(at);
        at.SetAction((parse, stop) => InvokeAsync(command, parse, stop));
        return at;
    }

    private string GroupSummary(string word)
    {
        var verbs = commands.Where(c => c.Path.StartsWith(word + " ", StringComparison.Ordinal)).Select(c => c.Path[(word.Length + 1)..]);
        return string.Join(", ", verbs);
    }

    /// <summary>A mistyped option would otherwise be taken for a path or a name.</summary>
    private static void RefuseMistypedOptions(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                var mistyped = result.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-');
                if (mistyped is not null) result.AddError($"There is no option \"{mistyped.Value}\" here.");
            });
        }
    }

    private async Task<int> InvokeAsync(CliCommand command, ParseResult parse, CancellationToken stop)
    {
        var output = parse.InvocationConfiguration.Output;
        var messages = Console(parse.InvocationConfiguration.Error, System.Console.IsErrorRedirected, UnbrokenLine);
        var json = parse.GetValue(_json);
        try
        {
            var address = ServerAddress(parse.GetValue(_server));
            if (address is null)
            {
                messages.MarkupLine("[red]error[/] The server's address must be a URL such as http://127.0.0.1:7070.");
                return ExitCode.Invalid;
            }

            var token = parse.GetValue(_token) ?? Environment.GetEnvironmentVariable("NINES_TOKEN");
            using var http = connect(new(address, token, parse.GetValue(_authorities) ?? Environment.GetEnvironmentVariable("NINES_CA")));
            var screen = Console(json ? TextWriter.Null : output, json || System.Console.IsOutputRedirected, TableWidth);
            return await command.RunAsync(parse, new(screen, messages, output, json, new(http), clock, stop));
        }
        catch (UnreachableException e)
        {
            messages.MarkupLineInterpolated($"[red]error[/] {e.Message}");
            return ExitCode.Unreachable;
        }
        catch (IOException e)
        {
            messages.MarkupLineInterpolated($"[red]error[/] {e.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }

    private static Uri? ServerAddress(string? given)
    {
        var text = given ?? Environment.GetEnvironmentVariable("NINES_SERVER") ?? DefaultServer;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
    }

    /// <summary>A console without colours and of a fixed width when piped, so that scripts and logs get plain text.</summary>
    private static IAnsiConsole Console(TextWriter writer, bool piped, int width)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = piped ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Pipeline.Attach(new PlainText.Hook());
        if (piped) console.Profile.Width = width;
        return console;
    }
}
