using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Changes.Cli;

/// <summary><c>nines change list</c>.</summary>
internal sealed class ChangeListCommand : AskCommand<Change[]>
{
    private readonly Argument<string[]> _filter = new("filter") { Description = "Words or column:text, as in the page's filter", Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc />
    public override string Path => "change list";

    /// <inheritdoc />
    public override string Summary => "Lists deploys, changed settings and flags, the newest first.";

    /// <inheritdoc />
    public override string Example => "nines change list service:checkout kind:deploy";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("changes");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_filter);

    /// <inheritdoc />
    protected override Task<Outcome<Change[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<Change[]>($"/api/v1/changes?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []))}", run.Stop);

    /// <inheritdoc />
    protected override void Show(Change[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No change. Tell of one: nines change add --service checkout --to 1.4.2");
            return;
        }

        var table = new TextTable().Column("when").Column("kind").Column("service").Column("title", cut: true).Column("version", drop: 1).Column("stage", drop: 2).Column("id", drop: 3);
        foreach (var change in answer) table.Row($"{change.At:yyyy-MM-dd HH:mm:ss}Z", Change.WordOf(change.Kind), change.Service, change.Title, change.Version, change.Stage, change.Id);
        table.Write(run.Screen);
    }
}
