using Nines.Kernel;
using Nines.Shell;

namespace Nines.Learning.Postmortems.Cli;

/// <summary><c>nines postmortem list</c>.</summary>
internal sealed class PostmortemListCommand : ListCommand<PostmortemView>
{
    /// <inheritdoc />
    public override string Path => "postmortem list";

    /// <inheritdoc />
    public override string Summary => "Lists postmortems: the open ones, the first due first, then those that are final.";

    /// <inheritdoc />
    public override string Example => "nines postmortem list state:draft service:checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("postmortems");

    /// <inheritdoc />
    protected override string Door => "/api/v1/postmortems";

    /// <inheritdoc />
    protected override string Empty => "No postmortem.";

    /// <inheritdoc />
    protected override TextTable Table(PostmortemView[] rows)
    {
        var table = new TextTable().Column("postmortem").Column("severity").Column("state").Column("due").Column("title", cut: true).Column("authors", drop: 1);
        foreach (var row in rows)
            table.Row(row.Name, row.Facts?.Severity ?? "", TextCell.Of(row.State), row.Due is { } due ? $"{due:yyyy-MM-dd HH:mm}Z{(row.Overdue ? ", overdue" : "")}" : "", row.Title, string.Join(' ', row.Authors));
        return table;
    }
}
