using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines alerts list</c>.</summary>
internal sealed class AlertsListCommand : ListCommand<AlertView>
{
    /// <inheritdoc />
    public override string Path => "alerts list";

    /// <inheritdoc />
    public override string Summary => "Lists alerts: those that fire first, then the last that ended.";

    /// <inheritdoc />
    public override string Example => "nines alerts list state:firing severity:page";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("alerts");

    /// <inheritdoc />
    protected override string Door => "/api/v1/alerts";

    /// <inheritdoc />
    protected override string Empty => "No alert.";

    /// <inheritdoc />
    protected override TextTable Table(AlertView[] rows)
    {
        var table = new TextTable().Column("state").Column("severity", drop: 1).Column("service", drop: 3).Column("title", cut: true).Column("started", drop: 2).Column("id");
        foreach (var alert in rows)
            table.Row(TextCell.Of(alert.State), TextCell.Of(alert.Severity.Word()), alert.Service, alert.Title, $"{alert.StartedAt:yyyy-MM-dd HH:mm:ss}Z", alert.Id);
        return table;
    }
}
