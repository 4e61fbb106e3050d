using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo explain NAME</c>: the arithmetic behind a state, line by line.</summary>
internal sealed class SloExplainCommand : AskCommand<IReadOnlyList<string>>
{
    private readonly Argument<string> _name = new("name") { Description = "The objective" };

    public override string Path => "slo explain";

    public override string Summary => "Shows the arithmetic behind an objective's state, alerts and dates.";

    public override string Example => "nines slo explain checkout-availability";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    protected override async Task<Outcome<IReadOnlyList<string>>> AskAsync(ParseResult parse, CommandRun run) =>
        (await run.Server.GetAsync<ObjectiveStatus>(SloWords.PathOf(parse.GetValue(_name)!), run.Stop)).Map(SloWords.Arithmetic);

    protected override void Show(IReadOnlyList<string> answer, CommandRun run)
    {
        foreach (var line in answer) run.Screen.MarkupLineInterpolated($"{line}");
    }
}
