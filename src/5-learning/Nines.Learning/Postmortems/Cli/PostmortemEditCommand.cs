using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Postmortems.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Postmortems.Cli;

/// <summary><c>nines postmortem edit</c>: writes a section; one that met a newer version is kept beside it.</summary>
internal sealed class PostmortemEditCommand : AskCommand<PostmortemView>
{
    private readonly Argument<string> _postmortem = new("postmortem") { Description = "Number of the postmortem or its incident, or id" };
    private readonly Argument<string> _section = new("section") { Description = "Key of the section, such as summary or root-cause" };
    private readonly Argument<string> _text = new("text") { Description = "What shall stand there, as Markdown" };
    private readonly Option<int?> _basedOn = new("--based-on") { Description = "The version that the text was made from; left out, the one that stands there now" };
    private readonly Option<string> _settles = new("--settles") { Description = "Id of the text beside the section that this settles" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    private string _edited = "";

    /// <inheritdoc />
    public override string Path => "postmortem edit";

    /// <inheritdoc />
    public override string Summary => "Writes a section of a postmortem; nothing is overwritten that you have not read.";

    /// <inheritdoc />
    public override string Example => "nines postmortem edit INC-12 summary \"Card payments failed for 24 minutes.\"";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("postmortems");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        foreach (var argument in (Argument[])[_postmortem, _section, _text]) command.Arguments.Add(argument);
        foreach (var option in (Option[])[_basedOn, _settles, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<PostmortemView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var door = $"/api/v1/postmortems/{Uri.EscapeDataString(parse.GetValue(_postmortem)!)}";
        _edited = parse.GetValue(_section)!;
        var basedOn = parse.GetValue(_basedOn);
        if (basedOn is null)
        {
            var now = await run.Server.GetAsync<PostmortemView>(door, run.Stop);
            if (!now.Ok) return now;
            basedOn = now.Value.Sections.FirstOrDefault(s => s.Kind.Key == _edited)?.Version ?? 0;
        }

        return await run.Server.PostAsync<PostmortemView>(
            $"{door}/sections/{Uri.EscapeDataString(_edited)}", new PostmortemsApi.Asked(Text: parse.GetValue(_text)!, BasedOn: basedOn.Value, Settles: parse.GetValue(_settles) ?? "", By: parse.GetValue(_by) ?? ""), run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(PostmortemView answer, CommandRun run)
    {
        var section = answer.Of(_edited);
        run.Screen.MarkupLineInterpolated($"[bold]{answer.Name}[/] {section.Kind.Title}, version {section.Version}");
        foreach (var other in section.Others) run.Screen.MarkupLineInterpolated($"[yellow]A text stands beside it, made from version {other.BasedOn}: settle it with --settles {other.Id}[/]");
        foreach (var finding in section.Findings) run.Screen.MarkupLineInterpolated($"[yellow]\"{finding.Sentence}\": {finding.Why} {finding.Better}[/]");
    }
}
