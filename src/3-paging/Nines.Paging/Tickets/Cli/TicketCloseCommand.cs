using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Tickets.Cli;

/// <summary><c>nines ticket close</c>.</summary>
internal sealed class TicketCloseCommand : AskCommand<TicketClosed>
{
    private readonly Argument<string> _id = new("ticket") { Description = "Number or id" };
    private readonly Option<string> _reason = new("--reason") { Description = "What was done, or why nothing will be", Required = true };

    /// <inheritdoc />
    public override string Path => "ticket close";

    /// <inheritdoc />
    public override string Summary => "Closes a ticket, here and at the trackers.";

    /// <inheritdoc />
    public override string Example => "nines ticket close T-12 --reason \"pool raised to 50\"";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("tickets");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_id);
        command.Options.Add(_reason);
    }

    /// <inheritdoc />
    protected override Task<Outcome<TicketClosed>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<TicketClosed>($"/api/v1/tickets/{Uri.EscapeDataString(parse.GetValue(_id)!)}/close", new { reason = parse.GetValue(_reason) }, run.Stop);

    /// <inheritdoc />
    protected override void Show(TicketClosed answer, CommandRun run) => run.Screen.WriteLine($"Ticket {answer.Id} is closed.");
}
