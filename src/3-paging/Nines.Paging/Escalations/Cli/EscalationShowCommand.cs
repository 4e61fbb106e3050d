using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Escalations.Cli;

/// <summary><c>nines escalation show</c>.</summary>
internal sealed class EscalationShowCommand : AskCommand<EscalationPlan>
{
    private readonly Option<string> _service = new("--service") { Description = "The service", Required = true };

    /// <inheritdoc />
    public override string Path => "escalation show";

    /// <inheritdoc />
    public override string Summary => "Shows who would be called about a service now, step by step, and why.";

    /// <inheritdoc />
    public override string Example => "nines escalation show --service checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("escalations");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Options.Add(_service);

    /// <inheritdoc />
    protected override Task<Outcome<EscalationPlan>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<EscalationPlan>($"/api/v1/escalations?service={Uri.EscapeDataString(parse.GetValue(_service)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(EscalationPlan answer, CommandRun run)
    {
        run.Screen.WriteLine($"{answer.Reason} {(answer.Rounds == 1 ? "One round." : $"{answer.Rounds} rounds.")}");
        var table = new TextTable().Column("after").Column("people").Column("why", cut: true);
        foreach (var step in answer.Steps)
            table.Row(step.People.Count > 0 ? FieldDuration.Format(step.After) : "passed", step.People.Count > 0 ? string.Join(", ", step.People) : "nobody", step.Reason);
        table.Row("in the end", answer.LastResort.People.Count > 0 ? string.Join(", ", answer.LastResort.People) : "nobody", answer.LastResort.Reason);
        table.Write(run.Screen);
    }
}
