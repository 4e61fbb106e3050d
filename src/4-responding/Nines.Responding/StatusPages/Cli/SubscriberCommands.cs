using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.StatusPages.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.StatusPages.Cli;

/// <summary><c>nines statuspage subscribers</c>.</summary>
internal sealed class SubscriberListCommand : AskCommand<SubscriberView[]>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };

    /// <inheritdoc />
    public override string Path => "statuspage subscribers";

    /// <inheritdoc />
    public override string Summary => "Lists who is told, and what each hears of: addresses of people.";

    /// <inheritdoc />
    public override string Example => "nines statuspage subscribers shop";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_page);

    /// <inheritdoc />
    protected override Task<Outcome<SubscriberView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<SubscriberView[]>($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/subscribers", run.Stop);

    /// <inheritdoc />
    protected override void Show(SubscriberView[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine("Nobody is told.");
        foreach (var one in answer) run.Screen.WriteLine($"{one.Id} {one.Kind} {one.Address}{(one.Confirmed is null ? " (not confirmed)" : "")}: {one.Hears}");
    }
}

/// <summary><c>nines statuspage import-subscribers</c>.</summary>
internal sealed class SubscriberImportCommand : AskCommand<StatusPagesApi.ImportAnswer>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };
    private readonly Option<FileInfo> _file = new("--file", "-f") { Description = "A file with one mail address a line", Required = true };
    private readonly Option<string[]> _components = SubscriberAddCommand.OnlyFor();

    /// <inheritdoc />
    public override string Path => "statuspage import-subscribers";

    /// <inheritdoc />
    public override string Summary => "Takes over mail addresses that agreed elsewhere, such as at another status page; you vouch for that. Who is known already is left alone.";

    /// <inheritdoc />
    public override string Example => "nines statuspage import-subscribers shop --file subscribers.txt";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_page);
        command.Options.Add(_file);
        command.Options.Add(_components);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<StatusPagesApi.ImportAnswer>> AskAsync(ParseResult parse, CommandRun run)
    {
        var file = parse.GetValue(_file)!;
        if (!file.Exists) return Problem.Invalid($"There is no file {file.Name}.", "Name one with one address a line.", "--file");
        string[] lines = [.. (await File.ReadAllLinesAsync(file.FullName, run.Stop)).Select(l => l.Trim()).Where(l => l.Length > 0)];
        var added = 0;
        foreach (var part in lines.Chunk(SubscriberDesk.MostImported))
        {
            var answer = await run.Server.PostAsync<StatusPagesApi.ImportAnswer>($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/subscribers", new StatusPagesApi.Imported(part, parse.GetValue(_components)), run.Stop);
            if (!answer.Ok) return answer;
            added += answer.Value.Added;
            run.Messages.WriteLine($"{added} so far");
        }

        return new StatusPagesApi.ImportAnswer(added);
    }

    /// <inheritdoc />
    protected override void Show(StatusPagesApi.ImportAnswer answer, CommandRun run) => run.Screen.WriteLine($"{answer.Added} are new.");
}

/// <summary><c>nines statuspage add-subscriber</c>.</summary>
internal sealed class SubscriberAddCommand : AskCommand<StatusPagesApi.ImportAnswer>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };
    private readonly Argument<string> _address = new("address") { Description = "A mail address" };
    private readonly Option<string[]> _components = OnlyFor();

    internal static Option<string[]> OnlyFor() => new("--component") { Description = "Key of what they hear of; may be repeated, left out: everything" };

    /// <inheritdoc />
    public override string Path => "statuspage add-subscriber";

    /// <inheritdoc />
    public override string Summary => "Tells one mail address from now on, without asking it: you vouch that they agreed. Who is known already is left alone.";

    /// <inheritdoc />
    public override string Example => "nines statuspage add-subscriber shop carol@example.com --component payments";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_page);
        command.Arguments.Add(_address);
        command.Options.Add(_components);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.ImportAnswer>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<StatusPagesApi.ImportAnswer>(
        $"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/subscribers", new StatusPagesApi.Imported([parse.GetValue(_address)!], parse.GetValue(_components)), run.Stop);

    /// <inheritdoc />
    protected override void Show(StatusPagesApi.ImportAnswer answer, CommandRun run) => run.Screen.WriteLine(answer.Added > 0 ? "They are told from now on." : "They are known already.");
}
