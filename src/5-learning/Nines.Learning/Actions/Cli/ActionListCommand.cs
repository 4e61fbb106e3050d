using Nines.Kernel;
using Nines.Shell;

namespace Nines.Learning.Actions.Cli;

/// <summary><c>nines action list</c>.</summary>
internal sealed class ActionListCommand : ListCommand<ActionView>
{
    /// <inheritdoc />
    public override string Path => "action list";

    /// <inheritdoc />
    public override string Summary => "Lists actions: the open ones, the first due first, then those that are over.";

    /// <inheritdoc />
    public override string Example => "nines action list state:open owner:ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("actions");

    /// <inheritdoc />
    protected override string Door => "/api/v1/actions";

    /// <inheritdoc />
    protected override string Empty => "No action.";

    /// <inheritdoc />
    protected override TextTable Table(ActionView[] rows)
    {
        var table = new TextTable().Column("action").Column("state").Column("priority").Column("due").Column("owner").Column("title", cut: true).Column("incident", drop: 1).Column("service", drop: 2);
        foreach (var row in rows)
            table.Row(row.Name, TextCell.Of(row.State), row.Priority, $"{row.DeadlineDay}{(row.Overdue ? ", overdue" : "")}", row.Owner, row.Title, row.Incident, row.Service);
        return table;
    }
}
