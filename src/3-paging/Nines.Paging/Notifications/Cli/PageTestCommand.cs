using System.CommandLine;
using Nines.Kernel;
using Nines.Paging.Notifications.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Notifications.Cli;

/// <summary><c>nines page test</c>: sends a test page and waits for what becomes of it.</summary>
internal sealed class PageTestCommand : CliCommand
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Option<string> _person = new("--person") { Description = "Whom to page, by name in the catalog", Required = true };
    private readonly Option<string> _wait = new("--wait") { Description = "How long to wait for the answer", DefaultValueFactory = _ => "30s" };

    /// <inheritdoc />
    public override string Path => "page test";

    /// <inheritdoc />
    public override string Summary => "Sends a test page to a person, over all of their contacts, and says what became of it.";

    /// <inheritdoc />
    public override string Example => "nines page test --person alice";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("notifications");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_person);
        command.Options.Add(_wait);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var text = parse.GetValue(_wait)!;
        if (!FieldDuration.TryParse(text, out var wait))
            return run.Fail([Problem.Invalid($"\"{text}\" is not a duration.", "Write one such as 30s or 2m.", "--wait")]);
        var sent = await run.Server.PostAsync<PageView>("/api/v1/pages/test", new PagesApi.TestRequest(parse.GetValue(_person)!), run.Stop);
        if (!sent.Ok) return run.Fail(sent.Problems);
        var until = run.Clock.Now() + wait;
        var page = sent.Value;
        while (Messages(page).Any(m => m.State == MessageState.Pending) && run.Clock.Now() < until)
        {
            await Task.Delay(Glance, run.Clock, run.Stop);
            var seen = await run.Server.GetAsync<PageView>($"/api/v1/pages/{page.Id}", run.Stop);
            if (!seen.Ok) return run.Fail(seen.Problems);
            page = seen.Value;
        }

        if (run.Json) run.WriteJson(page);
        foreach (var message in Messages(page))
            run.Screen.WriteLine($"{message.Person} by {message.Kind}: {message.State.ToString().ToLowerInvariant()} after {message.Attempts} {(message.Attempts == 1 ? "try" : "tries")}. {message.Reason}");
        return Messages(page).All(m => m.State == MessageState.Accepted) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<MessageView> Messages(PageView page) => page.Notices.SelectMany(n => n.Messages);
}
