using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo explain NAME</c>: the arithmetic behind a state, line by line.</summary>
internal sealed class SloExplainCommand : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The objective" };

    public override string Path => "slo explain";

    public override string Summary => "Shows the arithmetic behind an objective's state, alerts and dates.";

    public override string Example => "nines slo explain checkout-availability";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await run.Server.GetAsync<ObjectiveStatus>($"/api/v1/objectives/{Uri.EscapeDataString(parse.GetValue(_name)!)}", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        var lines = SloWords.Arithmetic(answer.Value);
        if (run.Json) run.WriteJson(lines);
        else
            foreach (var line in lines) run.Screen.MarkupLineInterpolated($"{line}");
        return ExitCode.Done;
    }
}
