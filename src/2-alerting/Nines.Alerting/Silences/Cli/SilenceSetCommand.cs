using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines alerts silence set</c>.</summary>
internal sealed class SilenceSetCommand : AskCommand<SilenceSet>
{
    private readonly Argument<string[]> _matchers = new("matchers") { Description = "label=value, label!=value, label=~pattern, label!~pattern; all must hold", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _for = new("--for") { Description = "How long, such as 2h", DefaultValueFactory = _ => "1h" };
    private readonly Option<string> _owner = new("--owner") { Description = "Who answers for it", Required = true };
    private readonly Option<string> _comment = new("--comment") { Description = "Why", DefaultValueFactory = _ => "" };

    /// <inheritdoc />
    public override string Path => "alerts silence set";

    /// <inheritdoc />
    public override string Summary => "Holds alerts back until a time; what still fires then is told.";

    /// <inheritdoc />
    public override string Example => "nines alerts silence set service=checkout --for 2h --owner alice --comment \"database move\"";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("silences");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_matchers);
        command.Options.Add(_for);
        command.Options.Add(_owner);
        command.Options.Add(_comment);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<SilenceSet>> AskAsync(ParseResult parse, CommandRun run)
    {
        var text = parse.GetValue(_for)!;
        if (!FieldDuration.TryParse(text, out var length)) return Problem.Invalid($"\"{text}\" is not a duration.", "Write one such as 30m, 2h or 1d.", "--for");
        var asked = new SilenceRequest(parse.GetValue(_matchers)!, For: length, Owner: parse.GetValue(_owner)!, Comment: parse.GetValue(_comment)!);
        return await run.Server.PostAsync<SilenceSet>("/api/v1/silences", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SilenceSet answer, CommandRun run) => run.Screen.WriteLine($"Silence {answer.Id} holds until {answer.EndsAt:yyyy-MM-dd HH:mm:ss}Z.");
}
