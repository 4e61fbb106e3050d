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

        var table = new TextTable().Column("objective", cut: true).Column("service", drop: 3).Column("target", right: true, drop: 2).Column("state").Column("left", right: true)
            .Column("burn 1h", right: true).Column("alert").Column("gone at this rate", drop: 1);
        foreach (var status in answer)
            table.Row(
                status.Name, status.Service, Figures.Target(status.Target), TextCell.Of(SloWords.State(status.State)),
                SloWords.Percent(status.Budget.Remaining), SloWords.Burn(status, "1h"), TextCell.Of(SloWords.Alert(status)), SloWords.Gone(status));
        table.Write(run.Screen);
    }
}
