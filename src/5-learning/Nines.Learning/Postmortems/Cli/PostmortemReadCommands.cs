using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Postmortems.Cli;

/// <summary>A command that reads one thing of a postmortem.</summary>
internal abstract class PostmortemReadCommand<T>(string word, string summary) : AskCommand<T>
{
    private readonly Argument<string> _postmortem = new("postmortem") { Description = "Number of the postmortem or its incident, or id" };

    /// <inheritdoc />
    public sealed override string Path => "postmortem " + word;

    /// <inheritdoc />
    public sealed override string Summary => summary;

    /// <inheritdoc />
    public sealed override string Example => $"nines postmortem {word} INC-12";

    /// <inheritdoc />
    public sealed override Permission Permission => Permission.Read("postmortems");

    /// <inheritdoc />
    public sealed override void Configure(Command command) => command.Arguments.Add(_postmortem);

    /// <inheritdoc />
    protected sealed override Task<Outcome<T>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<T>($"/api/v1/postmortems/{Uri.EscapeDataString(parse.GetValue(_postmortem)!)}/{word}", run.Stop);
}

/// <summary><c>nines postmortem lint</c>.</summary>
internal sealed class PostmortemLintCommand() : PostmortemReadCommand<LintFinding[]>("lint", "Names the sentences of a postmortem that judge people, and what to write instead.")
{
    /// <inheritdoc />
    protected override void Show(LintFinding[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine("No sentence judges.");
        foreach (var finding in answer) run.Screen.MarkupLineInterpolated($"[bold]{finding.Section}[/]: \"{finding.Sentence}\"\n  {finding.Words}: {finding.Why} {finding.Better}");
    }
}

/// <summary><c>nines postmortem agenda</c>.</summary>
internal sealed class PostmortemAgendaCommand() : PostmortemReadCommand<AgendaItem[]>("agenda", "Prints the agenda of the review meeting, with the points of this document.")
{
    /// <inheritdoc />
    protected override void Show(AgendaItem[] answer, CommandRun run)
    {
        foreach (var item in answer)
        {
            run.Screen.MarkupLineInterpolated($"[bold]{item.Title}[/] ({item.Minutes} min)");
            foreach (var ask in item.Ask) run.Screen.WriteLine("  - " + ask);
            foreach (var point in item.Points) run.Screen.WriteLine("      " + point);
        }
    }
}

/// <summary><c>nines postmortem replay</c>.</summary>
internal sealed class PostmortemReplayCommand() : PostmortemReadCommand<ReplayResult>("replay", "Says which burn policy would have paged how many minutes sooner, and how often else.")
{
    /// <inheritdoc />
    protected override void Show(ReplayResult answer, CommandRun run)
    {
        foreach (var note in answer.Notes) run.Screen.WriteLine(note);
        if (answer.Rows.Count == 0) return;
        run.Screen.WriteLine($"{answer.Incident} was detected {answer.Detected:yyyy-MM-dd HH:mm}Z; replayed over {answer.Days:0.#} days with data.");
        var table = new TextTable().Column("objective", drop: 1, cut: true).Column("policy").Column("would have paged").Column("sooner", right: true).Column("pages", right: true).Column("extra", right: true);
        foreach (var row in answer.Rows)
            table.Row(row.Objective, row.Policy, row.PagedAt is { } at ? $"{at:HH:mm}Z" : "never", row.SoonerMinutes is { } sooner ? $"{sooner:0} min" : "-", $"{row.Pages}", $"{row.Extra:+0;-0;0}");
        table.Write(run.Screen);
    }
}
