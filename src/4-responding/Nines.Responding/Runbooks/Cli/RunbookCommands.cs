using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Responding.Runbooks.Cli;

/// <summary><c>nines runbook list</c>.</summary>
internal sealed class RunbookListCommand : ListCommand<RunbookView>
{
    /// <inheritdoc />
    public override string Path => "runbook list";

    /// <inheritdoc />
    public override string Summary => "Lists runbooks with how fresh they are, how often they were used and how often they helped.";

    /// <inheritdoc />
    public override string Example => "nines runbook list freshness:stale";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runbooks");

    /// <inheritdoc />
    protected override string Door => "/api/v1/runbooks";

    /// <inheritdoc />
    protected override string Empty => "No runbook. Draft one with \"nines runbook new --alert NAME\".";

    /// <inheritdoc />
    protected override TextTable Table(RunbookView[] rows)
    {
        var table = new TextTable().Column("runbook").Column("title", cut: true).Column("alerts", drop: 2, cut: true).Column("freshness").Column("uses", right: true, drop: 1).Column("helped", right: true, drop: 1);
        foreach (var row in rows) table.Row(row.Name, row.Title, string.Join(' ', row.AlertNames), row.Freshness, $"{row.Uses}", Figures.Percent(row.Success, 0));
        return table;
    }
}

/// <summary><c>nines runbook missing</c>.</summary>
internal sealed class RunbookMissingCommand : ListCommand<RunbookGap>
{
    /// <inheritdoc />
    public override string Path => "runbook missing";

    /// <inheritdoc />
    public override string Summary => "Lists alerts of the last 30 days that have no runbook, those that paged most first.";

    /// <inheritdoc />
    public override string Example => "nines runbook missing";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runbooks");

    /// <inheritdoc />
    protected override string Door => "/api/v1/runbooks/missing";

    /// <inheritdoc />
    protected override string Empty => "Every alert of the last 30 days has a runbook.";

    /// <inheritdoc />
    protected override TextTable Table(RunbookGap[] rows)
    {
        var table = new TextTable().Column("alert", cut: true).Column("service").Column("pages", right: true).Column("last", drop: 1);
        foreach (var row in rows) table.Row(row.Alert, row.Service, $"{row.Pages}", $"{row.LastAt:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}

/// <summary><c>nines runbook show</c>.</summary>
internal sealed class RunbookShowCommand : AskCommand<RunbookView>
{
    private readonly Argument<string> _runbook = new("runbook") { Description = "Its name" };

    /// <inheritdoc />
    public override string Path => "runbook show";

    /// <inheritdoc />
    public override string Summary => "Shows one runbook, ready to be followed.";

    /// <inheritdoc />
    public override string Example => "nines runbook show payments-errors";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runbooks");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_runbook);

    /// <inheritdoc />
    protected override Task<Outcome<RunbookView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<RunbookView>($"/api/v1/runbooks/{Uri.EscapeDataString(parse.GetValue(_runbook)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(RunbookView answer, CommandRun run) => RunWords.Write(answer, run.Screen);
}

/// <summary><c>nines runbook reviewed</c>.</summary>
internal sealed class RunbookReviewedCommand : AskCommand<RunbookView>
{
    private readonly Argument<string> _runbook = new("runbook") { Description = "Its name" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "runbook reviewed";

    /// <inheritdoc />
    public override string Summary => "Says that you looked a runbook through and that it is right.";

    /// <inheritdoc />
    public override string Example => "nines runbook reviewed payments-errors";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("runbooks");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_runbook);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunbookView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<RunbookView>($"/api/v1/runbooks/{Uri.EscapeDataString(parse.GetValue(_runbook)!)}/reviewed", new { by = parse.GetValue(_by) ?? "" }, run.Stop);

    /// <inheritdoc />
    protected override void Show(RunbookView answer, CommandRun run) => run.Screen.WriteLine($"{answer.Name} is right until {answer.ReviewDue:yyyy-MM-dd}.");
}

/// <summary><c>nines runbook new</c>.</summary>
internal sealed class RunbookNewCommand : AskCommand<string>
{
    private readonly Option<string> _from = new("--from") { Description = "An incident, by number or id" };
    private readonly Option<string> _alert = new("--alert") { Description = "The name of an alert; takes every incident about it" };

    /// <inheritdoc />
    public override string Path => "runbook new";

    /// <inheritdoc />
    public override string Summary => "Drafts a runbook from what happened: its alerts, what was suspected, what was decided, what helped.";

    /// <inheritdoc />
    public override string Example => "nines runbook new --from INC-12 > runbook.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runbooks");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_alert);
    }

    /// <inheritdoc />
    protected override Task<Outcome<string>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<string>($"/api/v1/runbooks/draft?from={Uri.EscapeDataString(parse.GetValue(_from) ?? "")}&alert={Uri.EscapeDataString(parse.GetValue(_alert) ?? "")}", run.Stop);

    /// <inheritdoc />
    protected override void Show(string answer, CommandRun run) => run.WriteRaw(answer);
}
