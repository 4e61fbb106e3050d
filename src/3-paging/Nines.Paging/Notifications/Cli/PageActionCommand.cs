using System.CommandLine;
using Nines.Kernel;
using Nines.Paging.Notifications.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Notifications.Cli;

/// <summary>A command that does one thing with a page: <c>nines page ack</c>, <c>nines page snooze</c> and their like.</summary>
internal sealed class PageActionCommand(string path, string action, string summary, string example, string done, PageActionCommand.Needs needs = PageActionCommand.Needs.Nothing) : AskCommand<PageView>
{
    private readonly Argument<string> _page = new("page") { Description = "The page" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };
    private readonly Option<string> _for = new("--for") { Description = "How long", Required = needs == Needs.Length };
    private readonly Option<string[]> _to = new("--to") { Description = "To whom, by name in the catalog", Required = needs == Needs.People, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _into = new("--into") { Description = "The page that stays", Required = needs == Needs.Page };

    /// <summary>What an action must be told.</summary>
    internal enum Needs
    {
        Nothing,
        Length,
        People,
        Page,
    }

    /// <summary>Every action.</summary>
    public static IReadOnlyList<PageActionCommand> All { get; } =
    [
        new("ack", "acknowledge", "Takes a page on: from the answer on nothing about it rings.", "nines ack 01kahz3v9v2m5c1r8t7w0x4y6z --by ada", "is acknowledged"),
        new("page ack", "acknowledge", "Takes a page on: from the answer on nothing about it rings.", "nines page ack 01kahz3v9v2m5c1r8t7w0x4y6z --by ada", "is acknowledged"),
        new("page unack", "unacknowledge", "Gives a page back: it rings from the first step.", "nines page unack 01kahz3v9v2m5c1r8t7w0x4y6z", "rings again"),
        new("page snooze", "snooze", "Lets a page sleep; it rings again where it still fires then.", "nines page snooze 01kahz3v9v2m5c1r8t7w0x4y6z --for 30m", "sleeps", Needs.Length),
        new("page reassign", "reassign", "Gives a page to others, who are called at once.", "nines page reassign 01kahz3v9v2m5c1r8t7w0x4y6z --to grace", "is theirs now", Needs.People),
        new("page escalate", "escalate", "Calls the next step of a page now.", "nines page escalate 01kahz3v9v2m5c1r8t7w0x4y6z", "went on to the next step"),
        new("page merge", "merge", "Makes a page part of another one.", "nines page merge 01kahz3v9v2m5c1r8t7w0x4y6z --into 01kahz1m0b3p5d1q8s7v0w4x6y", "is part of the other now", Needs.Page),
        new("page resolve", "resolve", "Says that a page is over; where it fires on, it comes back.", "nines page resolve 01kahz3v9v2m5c1r8t7w0x4y6z", "is over"),
    ];

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("notifications");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_page);
        command.Options.Add(_by);
        if (needs == Needs.Length) command.Options.Add(_for);
        if (needs == Needs.People) command.Options.Add(_to);
        if (needs == Needs.Page) command.Options.Add(_into);
    }

    /// <inheritdoc />
    protected override Task<Outcome<PageView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<PageView>(
        $"/api/v1/pages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/{action}",
        new PageActionsApi.PageAction(
            parse.GetValue(_by), needs == Needs.Length ? parse.GetValue(_for) : null, needs == Needs.People ? parse.GetValue(_to) : null, needs == Needs.Page ? parse.GetValue(_into) : null),
        run.Stop);

    /// <inheritdoc />
    protected override void Show(PageView answer, CommandRun run)
    {
        run.Screen.WriteLine($"The page about {answer.Title} {done}.");
        if (answer.Escalation?.NextAt is { } next) run.Screen.WriteLine($"The next step is taken at {next:yyyy-MM-dd HH:mm:ss}Z unless somebody takes it on.");
    }
}
