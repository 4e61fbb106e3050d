using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Incidents.Cli;

/// <summary><c>nines incident list</c>.</summary>
internal sealed class IncidentListCommand : ListCommand<IncidentView>
{
    /// <inheritdoc />
    public override string Path => "incident list";

    /// <inheritdoc />
    public override string Summary => "Lists incidents: the open ones, the worst first, then the last that are over.";

    /// <inheritdoc />
    public override string Example => "nines incident list state:open service:checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    protected override string Door => "/api/v1/incidents";

    /// <inheritdoc />
    protected override string Empty => "No incident.";

    /// <inheritdoc />
    protected override TextTable Table(IncidentView[] rows)
    {
        var table = new TextTable().Column("incident").Column("severity").Column("state").Column("service", drop: 2).Column("title", cut: true).Column("commander", drop: 1).Column("declared", drop: 3);
        foreach (var row in rows)
            table.Row(row.Name, row.Severity, TextCell.Of(row.State), string.Join(' ', row.Services), row.Title, row.Who(IncidentRole.Commander), $"{row.Clocks.Declared:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}
