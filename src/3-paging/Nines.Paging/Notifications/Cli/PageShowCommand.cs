using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Notifications.Cli;

/// <summary><c>nines page show</c>: what happened to a page, and how far each message came.</summary>
internal sealed class PageShowCommand : AskCommand<PageView>
{
    private readonly Argument<string> _page = new("page") { Description = "The page" };

    /// <inheritdoc />
    public override string Path => "page show";

    /// <inheritdoc />
    public override string Summary => "Shows a page: who was called when and why, who has it, and the proof of each message.";

    /// <inheritdoc />
    public override string Example => "nines page show 01kahz3v9v2m5c1r8t7w0x4y6z";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("notifications");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_page);

    /// <inheritdoc />
    protected override Task<Outcome<PageView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<PageView>($"/api/v1/pages/{Uri.EscapeDataString(parse.GetValue(_page)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(PageView answer, CommandRun run)
    {
        run.Screen.WriteLine($"{answer.Title}{(answer.Service.Length > 0 ? $" ({answer.Service})" : "")}: {answer.State}");
        foreach (var line in answer.Story) run.Screen.WriteLine($"  {line.At:HH:mm:ss}Z  {line.Text}");
        var table = new TextTable().Column("person").Column("by").Column("state").Column("proof", cut: true);
        foreach (var message in answer.Notices.SelectMany(n => n.Messages))
            table.Row(message.Person, message.Kind, TextCell.Of(message.State.ToString().ToLowerInvariant()), string.Join(", ", message.Proof.Where(s => s.At is not null || s.Missed).Select(Word)));
        table.Write(run.Screen);
        if (answer.Escalation?.NextAt is { } next) run.Screen.WriteLine($"The next step is taken at {next:yyyy-MM-dd HH:mm:ss}Z unless somebody takes it on.");
    }

    private static string Word(StageView stage) => $"{stage.Stage.ToString().ToLowerInvariant()} {(stage.At is { } at ? $"{at:HH:mm:ss}Z" : "missed")}";
}
