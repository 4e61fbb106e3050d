using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.StatusPages.Cli;

/// <summary><c>nines statuspage show</c>.</summary>
internal sealed class StatusPageShowCommand : AskCommand<StatusPageView>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };

    /// <inheritdoc />
    public override string Path => "statuspage show";

    /// <inheritdoc />
    public override string Summary => "Shows one status page: its components, what is wrong, announced work, who is told.";

    /// <inheritdoc />
    public override string Example => "nines statuspage show shop";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_page);

    /// <inheritdoc />
    protected override Task<Outcome<StatusPageView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<StatusPageView>($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(StatusPageView answer, CommandRun run) => StatusPageWords.Write(answer, run.Screen);
}

/// <summary><c>nines statuspage propose</c>.</summary>
internal sealed class StatusPageProposeCommand : AskCommand<Proposal>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };

    /// <inheritdoc />
    public override string Path => "statuspage propose";

    /// <inheritdoc />
    public override string Summary => "Says what the page should say, as far as it is measured, with a text to begin with. It publishes nothing.";

    /// <inheritdoc />
    public override string Example => "nines statuspage propose shop";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_page);

    /// <inheritdoc />
    protected override Task<Outcome<Proposal>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<Proposal>($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/proposal", run.Stop);

    /// <inheritdoc />
    protected override void Show(Proposal answer, CommandRun run)
    {
        foreach (var one in answer.Components)
            run.Screen.WriteLine($"{one.Component}: {StatusWords.Wire(one.Published)}{(one.Proposed == one.Published ? "" : " -> " + StatusWords.Wire(one.Proposed))}. {one.Reason}");
        if (!answer.Differs) return;
        run.Screen.WriteLine();
        // As it is: a line that a terminal breaks is no command that can be pasted.
        run.WriteRaw($"{(answer.Post.Length > 0 ? $"nines statuspage update {answer.Page} {answer.Post}" : $"nines statuspage post {answer.Page} \"{answer.Title}\"")} --status {StatusWords.Wire(answer.Status)} --body \"{answer.Body}\"\n");
    }
}
