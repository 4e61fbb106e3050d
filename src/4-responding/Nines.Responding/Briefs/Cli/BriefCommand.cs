using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Briefs.Cli;

/// <summary><c>nines brief</c>.</summary>
internal sealed class BriefCommand : AskCommand<Brief>
{
    private const int Width = 10;

    private readonly Argument<string> _about = new("about") { Description = "An incident's number, or a page's id" };
    private readonly Option<bool> _text = new("--text") { Description = "Only the 160 characters of a text message" };
    private readonly Option<bool> _spoken = new("--spoken") { Description = "Only the sentence to be read aloud" };
    private bool _onlyText;
    private bool _onlySpoken;

    /// <inheritdoc />
    public override string Path => "brief";

    /// <inheritdoc />
    public override string Summary => "Says what somebody needs who was just woken: what users feel, what is left, what changed, what helped before, what to do first.";

    /// <inheritdoc />
    public override string Example => "nines brief INC-12 --text";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_about);
        command.Options.Add(_text);
        command.Options.Add(_spoken);
    }

    /// <inheritdoc />
    protected override Task<Outcome<Brief>> AskAsync(ParseResult parse, CommandRun run)
    {
        (_onlyText, _onlySpoken) = (parse.GetValue(_text), parse.GetValue(_spoken));
        return run.Server.GetAsync<Brief>($"/api/v1/briefs/{Uri.EscapeDataString(parse.GetValue(_about)!)}", run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(Brief answer, CommandRun run)
    {
        if (_onlyText || _onlySpoken)
        {
            run.Screen.WriteLine(_onlyText ? answer.Text : answer.Spoken);
            return;
        }

        run.Screen.MarkupLineInterpolated($"[bold]{answer.Severity} {answer.Title}[/]");
        foreach (var (name, words) in ((string, string)[])[("felt", answer.Felt), ("budget", answer.Budget), ("changed", answer.Change), ("before", answer.Before), ("first", $"{answer.Action} {answer.Why}"), ("awake", answer.Awake), ("more", answer.Url)])
            if (words.Length > 0) Hanging.Write(run.Screen, name, words, Width);
    }
}
