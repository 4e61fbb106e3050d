using Nines.Kernel;
using Nines.Shell;

namespace Nines.Learning.Drills.Cli;

/// <summary><c>nines drill list</c>.</summary>
internal sealed class DrillListCommand : ListCommand<DrillView>
{
    /// <inheritdoc />
    public override string Path => "drill list";

    /// <inheritdoc />
    public override string Summary => "Lists drills, how often each was played and what it came to.";

    /// <inheritdoc />
    public override string Example => "nines drill list service:payments";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("drills");

    /// <inheritdoc />
    protected override string Door => "/api/v1/drills";

    /// <inheritdoc />
    protected override string Empty => "No drill. Draft one from a past incident with \"nines drill draft INC-1\".";

    /// <inheritdoc />
    protected override TextTable Table(DrillView[] rows)
    {
        var table = new TextTable().Column("drill").Column("title", cut: true).Column("service", drop: 1).Column("kind", drop: 2).Column("runs", right: true).Column("average", right: true).Column("last", drop: 1);
        foreach (var row in rows) table.Row(row.Name, row.Title, row.Service, row.Kind, $"{row.Runs}", row.Average is { } score ? $"{Math.Round(score)}" : "", row.LastAt is { } at ? $"{at:yyyy-MM-dd}" : "never");
        return table;
    }
}

/// <summary><c>nines drill runs</c>.</summary>
internal sealed class DrillRunsCommand : ListCommand<RunView>
{
    /// <inheritdoc />
    public override string Path => "drill runs";

    /// <inheritdoc />
    public override string Summary => "Lists runs of drills: those under way, then those that are over.";

    /// <inheritdoc />
    public override string Example => "nines drill runs state:open";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("drills");

    /// <inheritdoc />
    protected override string Door => "/api/v1/drills/runs";

    /// <inheritdoc />
    protected override string Empty => "No run.";

    /// <inheritdoc />
    protected override TextTable Table(RunView[] rows)
    {
        var table = new TextTable().Column("run").Column("drill").Column("state").Column("score", right: true).Column("began", drop: 1).Column("leads", drop: 1).Column("takes part", cut: true);
        foreach (var row in rows) table.Row(row.Name, row.Drill, row.State, row.Score is { } score ? $"{score}" : "", $"{row.StartedAt:yyyy-MM-dd HH:mm}Z", row.Leader, string.Join(' ', row.People.Skip(1).Select(p => p.Person)));
        return table;
    }
}

/// <summary><c>nines drill record</c>.</summary>
internal sealed class DrillRecordCommand : ListCommand<TrainingView>
{
    /// <inheritdoc />
    public override string Path => "drill record";

    /// <inheritdoc />
    public override string Summary => "Lists who trained when and what it came to; those that are overdue first.";

    /// <inheritdoc />
    public override string Example => "nines drill record person:ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("drills");

    /// <inheritdoc />
    protected override string Door => "/api/v1/drills/record";

    /// <inheritdoc />
    protected override string Empty => "Nobody trains. Give people a contact, or name teams in a DrillPolicy.";

    /// <inheritdoc />
    protected override TextTable Table(TrainingView[] rows)
    {
        var table = new TextTable().Column("person").Column("state").Column("drills", right: true).Column("led", right: true, drop: 1).Column("average", right: true).Column("last").Column("due", drop: 1);
        foreach (var row in rows)
            table.Row(row.Person, row.State, $"{row.Drills}", $"{row.Led}", row.Average is { } score ? $"{Math.Round(score)}" : "", row.LastAt is { } last ? $"{last:yyyy-MM-dd}" : "never", row.DueAt is { } due ? $"{due:yyyy-MM-dd}" : "");
        return table;
    }
}
