using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo list</c>: every objective, worst first.</summary>
internal sealed class SloListCommand : CliCommand
{
    private readonly Option<string?> _service = new("--service") { Description = "Only objectives of this service" };

    public override string Path => "slo list";

    public override string Summary => "Lists every objective with what is left of its budget, worst first.";

    public override string Example => "nines slo list --service checkout";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Options.Add(_service);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await run.Server.GetAsync<IReadOnlyList<ObjectiveStatus>>("/api/v1/objectives", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        var service = parse.GetValue(_service);
        var shown = answer.Value.Where(s => service is null || s.Service == service).OrderBy(s => s.Budget.Remaining ?? double.MaxValue).ToArray();
        if (run.Json)
        {
            run.WriteJson(shown);
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("objective", "service", "target", "state", "left", "burn 1h", "alert", "gone at this rate");
        foreach (var status in shown)
            table.AddRow(
                Markup.Escape(status.Name), Markup.Escape(status.Service), SloWords.Percent(status.Target), SloWords.State(status.State),
                SloWords.Percent(status.Budget.Remaining), SloWords.Burn(status, "1h"), SloWords.Alert(status), SloWords.Gone(status));
        if (shown.Length == 0) run.Screen.MarkupLine("There is no objective yet. Write one (see \"nines validate\") and \"nines apply\" it.");
        else run.Screen.Write(table);
        return ExitCode.Done;
    }
}
