using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Tickets.Cli;

/// <summary><c>nines ticket show</c>.</summary>
internal sealed class TicketShowCommand : AskCommand<TicketView>
{
    private const int TimeWidth = 20;

    private readonly Argument<string> _id = new("ticket") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "ticket show";

    /// <inheritdoc />
    public override string Summary => "Shows one ticket with what happened and what trackers answered.";

    /// <inheritdoc />
    public override string Example => "nines ticket show T-12";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("tickets");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_id);

    /// <inheritdoc />
    protected override Task<Outcome<TicketView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<TicketView>($"/api/v1/tickets/{Uri.EscapeDataString(parse.GetValue(_id)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(TicketView answer, CommandRun run)
    {
        var screen = run.Screen;
        screen.MarkupLineInterpolated($"[bold]{answer.Number} {answer.Title}[/]");
        screen.WriteLine($"{answer.State}, {answer.Priority}{(answer.Service.Length > 0 ? ", " + answer.Service : "")}{(answer.Assignee.Length > 0 ? $", {answer.Assignee} has it" : "")}");
        foreach (var line in answer.Lines) Hanging.Write(screen, $"{line.At:yyyy-MM-dd HH:mm}Z", line.Text, TimeWidth);
        foreach (var call in answer.Calls) Hanging.Write(screen, $"{call.Tracker}: {call.Action}", $"{call.Outcome}. {call.Reason}", TimeWidth);
        foreach (var alert in answer.Alerts) screen.WriteLine($"alert {alert}");
    }
}
