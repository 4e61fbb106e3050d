using System.CommandLine;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Notifications.Cli;

/// <summary><c>nines page list</c>.</summary>
internal sealed class PageListCommand : AskCommand<PageView[]>
{
    private readonly Argument<string[]> _filter = new("filter") { Description = "Words or column:text", Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc />
    public override string Path => "page list";

    /// <inheritdoc />
    public override string Summary => "Lists pages: who was called about what, and how far it came.";

    /// <inheritdoc />
    public override string Example => "nines page list state:open";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("notifications");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_filter);

    /// <inheritdoc />
    protected override Task<Outcome<PageView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<PageView[]>($"/api/v1/pages?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []))}", run.Stop);

    /// <inheritdoc />
    protected override void Show(PageView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No page.");
            return;
        }

        var table = new TextTable().Column("state").Column("severity", drop: 2).Column("service", drop: 3).Column("title", cut: true).Column("people", cut: true).Column("opened", drop: 1).Column("id");
        foreach (var p in answer)
            table.Row(TextCell.Of(p.State), TextCell.Of(p.Severity.Word()), p.Service, p.Title, string.Join(", ", p.People), $"{p.OpenedAt:yyyy-MM-dd HH:mm:ss}Z", p.Id);
        table.Write(run.Screen);
    }
}
