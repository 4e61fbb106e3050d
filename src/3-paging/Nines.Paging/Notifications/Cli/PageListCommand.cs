using System.CommandLine;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Notifications.Cli;

/// <summary><c>nines page list</c>.</summary>
internal sealed class PageListCommand : CliCommand
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
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var filter = Uri.EscapeDataString(string.Join(' ', parse.GetValue(_filter) ?? []));
        var answer = await run.Server.GetAsync<PageView[]>($"/api/v1/pages?q={filter}", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json) run.WriteJson(answer.Value);
        else Show(answer.Value, run.Screen);
        return ExitCode.Done;
    }

    private static void Show(PageView[] pages, IAnsiConsole screen)
    {
        if (pages.Length == 0)
        {
            screen.WriteLine("No page.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("state", "severity", "service", "title", "people", "opened", "id");
        foreach (var p in pages)
            table.AddRow(p.State, p.Severity.Word(), Markup.Escape(p.Service), Markup.Escape(p.Title), Markup.Escape(string.Join(", ", p.People)), $"{p.OpenedAt:yyyy-MM-dd HH:mm:ss}Z", p.Id);
        screen.Write(table);
    }
}
