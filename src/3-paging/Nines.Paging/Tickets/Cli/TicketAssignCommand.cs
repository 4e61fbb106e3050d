using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Tickets.Cli;

/// <summary><c>nines ticket assign</c>.</summary>
internal sealed class TicketAssignCommand : AskCommand<TicketAssigned>
{
    private readonly Argument<string> _id = new("ticket") { Description = "Number or id" };
    private readonly Argument<string> _person = new("person") { Description = "Whose it is; none to take it from whoever has it", DefaultValueFactory = _ => "" };

    /// <inheritdoc />
    public override string Path => "ticket assign";

    /// <inheritdoc />
    public override string Summary => "Gives a ticket to somebody.";

    /// <inheritdoc />
    public override string Example => "nines ticket assign T-12 alice";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("tickets");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_id);
        command.Arguments.Add(_person);
    }

    /// <inheritdoc />
    protected override Task<Outcome<TicketAssigned>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<TicketAssigned>($"/api/v1/tickets/{Uri.EscapeDataString(parse.GetValue(_id)!)}/assign", new { person = parse.GetValue(_person) }, run.Stop);

    /// <inheritdoc />
    protected override void Show(TicketAssigned answer, CommandRun run) =>
        run.Screen.WriteLine(answer.Person.Length > 0 ? $"Ticket {answer.Id} is theirs." : $"Nobody has ticket {answer.Id}.");
}
