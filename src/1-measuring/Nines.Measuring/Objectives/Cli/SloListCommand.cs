using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo list</c>: every objective, worst first.</summary>
internal sealed class SloListCommand : AskCommand<IReadOnlyList<ObjectiveStatus>>
{
    private readonly Option<string?> _service = new("--service") { Description = "Only objectives of this service" };

    public override string Path => "slo list";

    public override string Summary => "Lists every objective with what is left of its budget, worst first.";

    public override string Example => "nines slo list --service checkout";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Options.Add(_service);

    protected override async Task<Outcome<IReadOnlyList<ObjectiveStatus>>> AskAsync(ParseResult parse, CommandRun run)
    {
        var service = parse.GetValue(_service);
        return (await run.Server.GetAsync<IReadOnlyList<ObjectiveStatus>>("/api/v1/objectives", run.Stop)).Map<IReadOnlyList<ObjectiveStatus>>(
            all => [.. all.Where(s => service is null || s.Service == service).OrderBy(s => s.Budget.Remaining ?? double.MaxValue)]);
    }

    protected override void Show(IReadOnlyList<ObjectiveStatus> answer, CommandRun run)
    {
        if (answer.Count == 0)
        {
            run.Screen.MarkupLine("There is no objective yet. Write one (see \"nines validate\") and \"nines apply\" it.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("objective", "service", "target", "state", "left", "burn 1h", "alert", "gone at this rate");
        foreach (var status in answer)
            table.AddRow(
                Markup.Escape(status.Name), Markup.Escape(status.Service), Figures.Target(status.Target), SloWords.State(status.State),
                SloWords.Percent(status.Budget.Remaining), SloWords.Burn(status, "1h"), SloWords.Alert(status), SloWords.Gone(status));
        run.Screen.Write(table);
    }
}
