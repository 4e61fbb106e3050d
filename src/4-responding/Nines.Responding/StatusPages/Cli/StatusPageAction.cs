using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.StatusPages.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.StatusPages.Cli;

/// <summary>A command that changes a status page and says how it stands then.</summary>
internal abstract class StatusPageAction : AskCommand<StatusPagesApi.Answered>
{
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    protected Argument<string> Page { get; } = new("page") { Description = "Name of the page" };

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(Page);
        command.Options.Add(_by);
    }

    protected Task<Outcome<StatusPagesApi.Answered>> PostAsync(ParseResult parse, CommandRun run, string door, object asked) =>
        run.Server.PostAsync<StatusPagesApi.Answered>($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(Page)!)}/{door}", asked, run.Stop);

    protected string By(ParseResult parse) => parse.GetValue(_by) ?? "";

    /// <inheritdoc />
    protected override void Show(StatusPagesApi.Answered answer, CommandRun run)
    {
        run.Screen.MarkupLineInterpolated($"[bold]{answer.Id}[/] on {answer.Page.Address}");
        StatusPageWords.Write(answer.Page, run.Screen);
    }
}

/// <summary>A command that publishes: its options are those of a post.</summary>
internal abstract class StatusPagePosting : StatusPageAction
{
    private readonly Option<string> _status = new("--status") { Description = "investigating, identified, monitoring or resolved" };
    private readonly Option<string> _impact = new("--impact") { Description = "none, minor, major or critical; left out, from the components" };
    private readonly Option<string[]> _components = new("--component") { Description = "A component with its status, such as payments=partial_outage; may be repeated" };
    private readonly Option<string> _body = new("--body") { Description = "What people read", Required = true };

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Options.Add(_status);
        command.Options.Add(_impact);
        command.Options.Add(_components);
        command.Options.Add(_body);
    }

    protected StatusPagesApi.Asked Asked(ParseResult parse) => new(
        Status: parse.GetValue(_status) ?? "", Impact: parse.GetValue(_impact) ?? "", Body: parse.GetValue(_body)!, By: By(parse),
        Components: (parse.GetValue(_components) ?? []).Select(c => c.Split('=', 2)).DistinctBy(c => c[0]).ToDictionary(c => c[0], c => c.Length > 1 ? c[1] : "?"));
}

/// <summary><c>nines statuspage post</c>.</summary>
internal sealed class StatusPagePostCommand : StatusPagePosting
{
    private readonly Argument<string> _title = new("title") { Description = "What users feel, in a few words" };
    private readonly Option<string> _incident = new("--incident") { Description = "The house's own incident, by number or id; its timeline says what was published" };

    /// <inheritdoc />
    public override string Path => "statuspage post";

    /// <inheritdoc />
    public override string Summary => "Publishes that something is wrong: everybody can read it then, and subscribers are told.";

    /// <inheritdoc />
    public override string Example => "nines statuspage post shop \"Card payments fail\" --component payments=partial_outage --body \"Some cards fail. We are on it and write again by 03:40.\"";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_title);
        command.Options.Add(_incident);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) =>
        PostAsync(parse, run, "posts", Asked(parse) with { Title = parse.GetValue(_title)!, Incident = parse.GetValue(_incident) ?? "" });
}

/// <summary><c>nines statuspage update</c>.</summary>
internal sealed class StatusPageUpdateCommand : StatusPagePosting
{
    private readonly Argument<string> _post = new("post") { Description = "Id of the post" };

    /// <inheritdoc />
    public override string Path => "statuspage update";

    /// <inheritdoc />
    public override string Summary => "Publishes how it goes on, or that it is over.";

    /// <inheritdoc />
    public override string Example => "nines statuspage update shop 01kx3v5m8n2p4q6r8s0t1v3w5x --status resolved --body \"It is over. Every card works again.\"";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_post);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) =>
        PostAsync(parse, run, $"posts/{Uri.EscapeDataString(parse.GetValue(_post)!)}", Asked(parse));
}
