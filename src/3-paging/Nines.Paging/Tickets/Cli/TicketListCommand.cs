using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Tickets.Cli;

/// <summary><c>nines ticket list</c>.</summary>
internal sealed class TicketListCommand : AskCommand<TicketView[]>
{
    private readonly Argument<string[]> _filter = new("filter") { Description = "Words or column:text, as in the page's filter", Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc />
    public override string Path => "ticket list";

    /// <inheritdoc />
    public override string Summary => "Lists tickets: the open ones, the oldest first, then the last that were closed.";

    /// <inheritdoc />
    public override string Example => "nines ticket list state:open service:checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("tickets");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_filter);

    /// <inheritdoc />
    protected override Task<Outcome<TicketView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<TicketView[]>($"/api/v1/tickets?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []))}", run.Stop);

    /// <inheritdoc />
    protected override void Show(TicketView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No ticket.");
            return;
        }

        var table = new TextTable().Column("number").Column("state").Column("priority", drop: 1).Column("service", drop: 2).Column("title", cut: true).Column("who", drop: 3).Column("opened", drop: 4);
        foreach (var t in answer) table.Row(t.Number, TextCell.Of(t.State), t.Priority, t.Service, t.Title, t.Assignee, $"{t.OpenedAt:yyyy-MM-dd HH:mm}Z");
        table.Write(run.Screen);
    }
}
