using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security list</c>.</summary>
internal sealed class SecurityListCommand : ListCommand<SecurityRow>
{
    /// <inheritdoc />
    public override string Path => "security list";

    /// <inheritdoc />
    public override string Summary => "Lists the cases that you may read: open ones first, the next deadline on top.";

    /// <inheritdoc />
    public override string Example => "nines security list state:confirmed";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    protected override string Door => "/api/v1/security/cases";

    /// <inheritdoc />
    protected override string Empty => "No case that you may read.";

    /// <inheritdoc />
    protected override TextTable Table(SecurityRow[] rows)
    {
        var table = new TextTable().Column("case").Column("severity").Column("state").Column("title", cut: true).Column("lead", drop: 1).Column("next").Column("due");
        foreach (var row in rows) table.Row(row.Name, row.Severity, TextCell.Of(row.State), row.Title, row.Lead, row.NextDuty, row.NextDue is { } due ? SecurityScreenWords.Clock(due) : "");
        return table;
    }
}
