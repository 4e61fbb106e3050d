using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines alerts list</c>.</summary>
internal sealed class AlertsListCommand : AskCommand<AlertView[]>
{
    private readonly Argument<string[]> _filter = new("filter") { Description = "Words or column:text, as in the page's filter", Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc />
    public override string Path => "alerts list";

    /// <inheritdoc />
    public override string Summary => "Lists alerts: those that fire first, then the last that ended.";

    /// <inheritdoc />
    public override string Example => "nines alerts list state:firing severity:page";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("alerts");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_filter);

    /// <inheritdoc />
    protected override Task<Outcome<AlertView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<AlertView[]>($"/api/v1/alerts?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []))}", run.Stop);

    /// <inheritdoc />
    protected override void Show(AlertView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No alert.");
            return;
        }

        var table = new TextTable().Column("state").Column("severity", drop: 1).Column("service", drop: 3).Column("title", cut: true).Column("started", drop: 2).Column("id");
        foreach (var alert in answer)
            table.Row(TextCell.Of(alert.State), TextCell.Of(alert.Severity.Word()), alert.Service, alert.Title, $"{alert.StartedAt:yyyy-MM-dd HH:mm:ss}Z", alert.Id);
        table.Write(run.Screen);
    }
}
