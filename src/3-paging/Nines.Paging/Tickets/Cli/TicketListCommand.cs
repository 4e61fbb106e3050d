using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Tickets.Cli;

/// <summary><c>nines ticket list</c>.</summary>
internal sealed class TicketListCommand : ListCommand<TicketView>
{
    /// <inheritdoc />
    public override string Path => "ticket list";

    /// <inheritdoc />
    public override string Summary => "Lists tickets: the open ones, the oldest first, then the last that were closed.";

    /// <inheritdoc />
    public override string Example => "nines ticket list state:open service:checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("tickets");

    /// <inheritdoc />
    protected override string Door => "/api/v1/tickets";

    /// <inheritdoc />
    protected override string Empty => "No ticket.";

    /// <inheritdoc />
    protected override TextTable Table(TicketView[] rows)
    {
        var table = new TextTable().Column("number").Column("state").Column("priority", drop: 1).Column("service", drop: 2).Column("title", cut: true).Column("who", drop: 3).Column("opened", drop: 4);
        foreach (var t in rows) table.Row(t.Number, TextCell.Of(t.State), t.Priority, t.Service, t.Title, t.Assignee, $"{t.OpenedAt:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}
