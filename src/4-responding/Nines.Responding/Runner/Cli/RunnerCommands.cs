using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.Runner.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Runner.Cli;

/// <summary><c>nines runner commands</c>.</summary>
internal sealed class RunnerCommandsCommand : ListCommand<AllowedView>
{
    /// <inheritdoc />
    public override string Path => "runner commands";

    /// <inheritdoc />
    public override string Summary => "Lists the commands that Nines may run: the allow-list of the settings.";

    /// <inheritdoc />
    public override string Example => "nines runner commands";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runner");

    /// <inheritdoc />
    protected override string Door => "/api/v1/runner/commands";

    /// <inheritdoc />
    protected override string Empty => "No command is allowed. The settings name them under runner:commands.";

    /// <inheritdoc />
    protected override TextTable Table(AllowedView[] rows)
    {
        var table = new TextTable().Column("name").Column("program", cut: true).Column("arguments", cut: true).Column("timeout", drop: 1);
        foreach (var row in rows) table.Row(row.Name, row.File, string.Join(' ', row.Arguments), row.Timeout);
        return table;
    }
}

/// <summary><c>nines runner calls</c>.</summary>
internal sealed class RunnerCallsCommand : ListCommand<CallView>
{
    /// <inheritdoc />
    public override string Path => "runner calls";

    /// <inheritdoc />
    public override string Summary => "Lists what Nines did outside the house, the newest first.";

    /// <inheritdoc />
    public override string Example => "nines runner calls state:failed";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runner");

    /// <inheritdoc />
    protected override string Door => "/api/v1/runner/calls";

    /// <inheritdoc />
    protected override string Empty => "No call.";

    /// <inheritdoc />
    protected override TextTable Table(CallView[] rows)
    {
        var table = new TextTable().Column("call").Column("state").Column("does", cut: true).Column("asked", drop: 1);
        foreach (var row in rows) table.Row(row.Id, row.State, row.Does, $"{row.AskedAt:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}

/// <summary><c>nines runner show</c>.</summary>
internal sealed class RunnerShowCommand : AskCommand<CallView>
{
    private readonly Argument<string> _call = new("call") { Description = "Its id" };

    /// <inheritdoc />
    public override string Path => "runner show";

    /// <inheritdoc />
    public override string Summary => "Shows one call with all of its output.";

    /// <inheritdoc />
    public override string Example => "nines runner show 01jd8f6z9k";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runner");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_call);

    /// <inheritdoc />
    protected override Task<Outcome<CallView>> AskAsync(ParseResult parse, Shell.CommandRun run) => run.Server.GetAsync<CallView>($"/api/v1/runner/calls/{Uri.EscapeDataString(parse.GetValue(_call)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(CallView answer, Shell.CommandRun run)
    {
        run.Screen.WriteLine($"{answer.Does}: {answer.State}, {answer.TookMs} ms");
        run.Screen.WriteLine(answer.Observed);
    }
}
