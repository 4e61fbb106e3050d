using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.StatusPages.Cli;

/// <summary><c>nines statuspage list</c>.</summary>
internal sealed class StatusPageListCommand : ListCommand<StatusPageView>
{
    /// <inheritdoc />
    public override string Path => "statuspage list";

    /// <inheritdoc />
    public override string Summary => "Lists status pages: what each says, and who is told.";

    /// <inheritdoc />
    public override string Example => "nines statuspage list";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("statuspages");

    /// <inheritdoc />
    protected override string Door => "/api/v1/statuspages";

    /// <inheritdoc />
    protected override string Empty => "No status page. Apply a manifest of kind StatusPage: nines explain StatusPage.";

    /// <inheritdoc />
    protected override TextTable Table(StatusPageView[] rows)
    {
        var table = new TextTable().Column("page").Column("title", cut: true, drop: 2).Column("visibility", drop: 1).Column("status").Column("open").Column("subscribers").Column("address");
        foreach (var row in rows) table.Row(row.Name, row.Title, row.Visibility, TextCell.Of(row.Indicator), TextCell.Of($"{row.Open.Count}"), TextCell.Of($"{row.Subscribers.Email + row.Subscribers.Webhook}"), row.Address);
        return table;
    }
}
