using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Changes.Cli;

/// <summary><c>nines change list</c>.</summary>
internal sealed class ChangeListCommand : ListCommand<Change>
{
    /// <inheritdoc />
    public override string Path => "change list";

    /// <inheritdoc />
    public override string Summary => "Lists deploys, changed settings and flags, the newest first.";

    /// <inheritdoc />
    public override string Example => "nines change list service:checkout kind:deploy";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("changes");

    /// <inheritdoc />
    protected override string Door => "/api/v1/changes";

    /// <inheritdoc />
    protected override string Empty => "No change. Tell of one: nines change add --service checkout --to 1.4.2";

    /// <inheritdoc />
    protected override TextTable Table(Change[] rows)
    {
        var table = new TextTable().Column("when").Column("kind").Column("service").Column("title", cut: true).Column("version", drop: 1).Column("stage", drop: 2).Column("id", drop: 3);
        foreach (var change in rows) table.Row($"{change.At:yyyy-MM-dd HH:mm:ss}Z", Change.WordOf(change.Kind), change.Service, change.Title, change.Version, change.Stage, change.Id);
        return table;
    }
}
