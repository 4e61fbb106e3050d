using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Learning.Postmortems.Cli;

/// <summary><c>nines postmortem show</c>: for people, as JSON, Markdown, or in the form of the template.</summary>
internal sealed class PostmortemShowCommand : CliCommand
{
    private readonly Argument<string> _postmortem = new("postmortem") { Description = "Number of the postmortem or its incident, or id" };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "The whole document as Markdown" };
    private readonly Option<bool> _yaml = new("--yaml") { Description = "The whole document as YAML, in the form of the template" };

    /// <inheritdoc />
    public override string Path => "postmortem show";

    /// <inheritdoc />
    public override string Summary => "Shows one postmortem: figures with where they come from, what people wrote, what judges, actions.";

    /// <inheritdoc />
    public override string Example => "nines postmortem show INC-12 --markdown";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("postmortems");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_postmortem);
        command.Options.Add(_markdown);
        command.Options.Add(_yaml);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var door = $"/api/v1/postmortems/{Uri.EscapeDataString(parse.GetValue(_postmortem)!)}";
        if (parse.GetValue(_markdown) || parse.GetValue(_yaml))
        {
            var text = await run.Server.GetAsync<string>(door + (parse.GetValue(_yaml) ? ".yaml" : ".md"), run.Stop);
            if (!text.Ok) return run.Fail(text.Problems);
            run.WriteRaw(text.Value);
            return ExitCode.Done;
        }

        var answer = await run.Server.GetAsync<PostmortemView>(door, run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json) run.WriteJson(answer.Value);
        else PostmortemWords.Write(answer.Value, run.Screen);
        return ExitCode.Done;
    }
}
