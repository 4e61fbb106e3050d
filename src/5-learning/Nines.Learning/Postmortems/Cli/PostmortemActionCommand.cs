using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Postmortems.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Postmortems.Cli;

/// <summary>A command that does one thing with a postmortem and says where it stands then: <c>nines postmortem review</c> and its like.</summary>
internal sealed class PostmortemActionCommand(string word, string summary, string example, PostmortemActionCommand.Extra extra) : AskCommand<PostmortemView>
{
    private readonly Argument<string> _postmortem = new("postmortem") { Description = "Number of the postmortem or its incident, or id" };
    private readonly Argument<string> _reason = new("reason") { Description = "Why" };
    private readonly Option<string[]> _reviewers = new("--reviewer") { Description = "Who reviews it, by name in the catalog; may be repeated", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _person = new("--person") { Description = "Who approves, by name in the catalog; left out, whoever asks" };
    private readonly Option<string> _despite = new("--despite") { Description = "Why it is final although the lint has something to say" };
    private readonly Option<string> _page = new("--page") { Description = "One status page only; left out, every one that spoke of the incident" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <summary>What an action is told besides.</summary>
    internal enum Extra
    {
        None,
        Reviewers,
        Person,
        Despite,
        Reason,
        Page,
    }

    /// <summary>Every action.</summary>
    public static IReadOnlyList<PostmortemActionCommand> All { get; } =
    [
        new("write", "Opens a postmortem for an incident; where there is one, says where it stands.", "nines postmortem write INC-12", Extra.None),
        new("review", "Asks people to review a postmortem.", "nines postmortem review INC-12 --reviewer ada", Extra.Reviewers),
        new("approve", "Says that a reviewer approves what stands there.", "nines postmortem approve INC-12 --person ada", Extra.Person),
        new("final", "Finishes a postmortem that its reviewers approved: its figures stand for good.", "nines postmortem final INC-12", Extra.Despite),
        new("return", "Makes a postmortem a draft again.", "nines postmortem return INC-12 \"A second cause was found\"", Extra.Reason),
        new("publish", "Publishes the section for the public on the status pages that spoke of the incident.", "nines postmortem publish INC-12", Extra.Page),
    ];

    /// <inheritdoc />
    public override string Path => "postmortem " + word;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write(extra == Extra.Page ? "statuspages" : "postmortems");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_postmortem);
        if (extra == Extra.Reason) command.Arguments.Add(_reason);
        if (extra == Extra.Reviewers) command.Options.Add(_reviewers);
        if (extra == Extra.Person) command.Options.Add(_person);
        if (extra == Extra.Despite) command.Options.Add(_despite);
        if (extra == Extra.Page) command.Options.Add(_page);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<PostmortemView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var name = parse.GetValue(_postmortem)!;
        var asked = new PostmortemsApi.Asked(
            By: parse.GetValue(_by) ?? "",
            Incident: word == "write" ? name : "",
            Reviewers: extra == Extra.Reviewers ? parse.GetValue(_reviewers) ?? [] : null,
            Person: extra == Extra.Person ? parse.GetValue(_person) ?? "" : "",
            Despite: extra == Extra.Despite ? parse.GetValue(_despite) ?? "" : "",
            Reason: extra == Extra.Reason ? parse.GetValue(_reason)! : "",
            Page: extra == Extra.Page ? parse.GetValue(_page) ?? "" : "");
        return run.Server.PostAsync<PostmortemView>(word == "write" ? "/api/v1/postmortems" : $"/api/v1/postmortems/{Uri.EscapeDataString(name)}/{word}", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(PostmortemView answer, CommandRun run)
    {
        run.Screen.MarkupLineInterpolated($"[bold]{answer.Name} {answer.Facts?.Severity} {answer.Title}[/]");
        run.Screen.WriteLine(PostmortemWords.State(answer));
    }
}
