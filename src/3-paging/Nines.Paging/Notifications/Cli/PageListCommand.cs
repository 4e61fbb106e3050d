using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Notifications.Cli;

/// <summary><c>nines page list</c>.</summary>
internal sealed class PageListCommand : ListCommand<PageView>
{
    /// <inheritdoc />
    public override string Path => "page list";

    /// <inheritdoc />
    public override string Summary => "Lists pages: who was called about what, and how far it came.";

    /// <inheritdoc />
    public override string Example => "nines page list state:open";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("notifications");

    /// <inheritdoc />
    protected override string Door => "/api/v1/pages";

    /// <inheritdoc />
    protected override string Empty => "No page.";

    /// <inheritdoc />
    protected override TextTable Table(PageView[] rows)
    {
        var table = new TextTable().Column("state").Column("severity", drop: 2).Column("service", drop: 3).Column("title", cut: true).Column("people", cut: true).Column("opened", drop: 1).Column("id");
        foreach (var p in rows)
            table.Row(TextCell.Of(p.State), TextCell.Of(p.Severity.Word()), p.Service, p.Title, string.Join(", ", p.People), $"{p.OpenedAt:yyyy-MM-dd HH:mm:ss}Z", p.Id);
        return table;
    }
}
