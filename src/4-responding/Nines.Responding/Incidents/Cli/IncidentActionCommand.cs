using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.Incidents.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Incidents.Cli;

/// <summary>A command that does one thing with an incident and says where it stands then: <c>nines incident note</c> and its like.</summary>
internal sealed class IncidentActionCommand(
    string path, string summary, string example, string? word, string wordIs, Func<string, string> door, Func<string, IncidentsApi.Asked, IncidentsApi.Asked> fill, IncidentActionCommand.Extra extra = IncidentActionCommand.Extra.None) : AskCommand<IncidentView>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };
    private readonly Argument<string> _word = new(word ?? "word") { Description = wordIs };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };
    private readonly Option<string> _person = new("--person") { Description = "Whose role it is, by name in the catalog; left out, whoever asks" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why", Required = extra == Extra.Reason };
    private readonly Option<string> _override = new("--override") { Description = "Why it is over although the indicators do not say so" };
    private readonly Option<string> _corrects = new("--corrects") { Description = "Id of the line that it corrects" };
    private readonly Option<bool> _decision = new("--decision") { Description = "It is a decision" };

    private readonly Option<string[]> _services = new("--service") { Description = "Services that go with it", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _pages = new("--page") { Description = "Pages that go with it", AllowMultipleArgumentsPerToken = true };

    /// <summary>What an action may be told besides.</summary>
    internal enum Extra
    {
        None,
        Person,
        Reason,
        Override,
        Note,
        Part,
    }

    /// <summary>Every action.</summary>
    public static IReadOnlyList<IncidentActionCommand> All { get; } =
    [
        new("incident severity", "Says that an incident is worse, or less bad, than it was held to be.", "nines incident severity INC-12 sev1 --reason \"data is lost\"",
            "severity", "sev1 to sev4", _ => "severity", (w, a) => a with { Severity = w }, Extra.Reason),
        new("incident take", "Takes a role, or gives it to somebody: commander, operations, communications, expert, scribe, deputy.", "nines incident take INC-12 commander --person ada",
            "role", "Which role", w => $"roles/{Uri.EscapeDataString(w)}", (_, a) => a, Extra.Person),
        new("incident leave", "Gives a role back.", "nines incident leave INC-12 scribe --person ada", "role", "Which role", w => $"roles/{Uri.EscapeDataString(w)}/leave", (_, a) => a, Extra.Person),
        new("incident note", "Writes a line into the timeline.", "nines incident note INC-12 \"Errors fall on the first quarter\"", "text", "What happened, what was decided", _ => "notes", (w, a) => a with { Text = w }, Extra.Note),
        new("incident check", "Ticks an item of the checklist off.", "nines incident check INC-12 channel", "item", "Its key", _ => "checklist", (w, a) => a with { Item = w }),
        new("incident check-in", "Says how it stands; the timer of check-ins begins anew.", "nines incident check-in INC-12 \"Roll-back at 25 %\"", "text", "How it stands", _ => "check-in", (w, a) => a with { Text = w }),
        new("incident mitigate", "Says what is done against what users feel.", "nines incident mitigate INC-12 \"Roll back to 2.40.3\"", "what", "What is done", _ => "mitigate", (w, a) => a with { Text = w }),
        new("incident mitigated", "Says that users feel it no more. It is not over before the data is clean.", "nines incident mitigated INC-12 \"The roll-back helped\"", "how", "What helped", _ => "mitigated", (w, a) => a with { Text = w }),
        new("incident resolve", "Says that an incident is over: the indicators have been good for long enough, or you say why they are not waited for.", "nines incident resolve INC-12 \"A query without an index\"",
            "cause", "What it was, in one sentence", _ => "resolve", (w, a) => a with { Cause = w }, Extra.Override),
        new("incident reopen", "Says that an incident is not over after all.", "nines incident reopen INC-12 \"Errors are back\"", "reason", "What came back", _ => "reopen", (w, a) => a with { Reason = w }),
        new("incident trigger", "Says that something is known which raises an incident by itself: dataLoss, personalData, revenue, slaBreach.", "nines incident trigger INC-12 dataLoss --reason \"two orders are gone\"",
            "trigger", "What is known", _ => "triggers", (w, a) => a with { Trigger = w }, Extra.Reason),
        new("incident relate", "Says that two incidents have to do with each other; they stay two.", "nines incident relate INC-13 INC-12 --reason \"the same database\"",
            "other", "The other incident", _ => "relate", (w, a) => a with { Other = w }, Extra.Reason),
        new("incident split", "Makes a part of an incident one of its own.", "nines incident split INC-12 \"Search is slow\" --service search", "title", "What is wrong with that part", _ => "split", (w, a) => a with { Title = w }, Extra.Part),
        new("incident merge", "Makes an incident part of another one.", "nines incident merge INC-13 INC-12", "into", "The incident that stays", _ => "merge", (w, a) => a with { Into = w }),
    ];

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_incident);
        command.Arguments.Add(_word);
        command.Options.Add(_by);
        if (extra == Extra.Person) command.Options.Add(_person);
        if (extra == Extra.Reason) command.Options.Add(_reason);
        if (extra == Extra.Override) command.Options.Add(_override);
        if (extra == Extra.Note) command.Options.Add(_corrects);
        if (extra == Extra.Note) command.Options.Add(_decision);
        if (extra == Extra.Part) command.Options.Add(_services);
        if (extra == Extra.Part) command.Options.Add(_pages);
    }

    /// <inheritdoc />
    protected override Task<Outcome<IncidentView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var said = parse.GetValue(_word)!;
        var asked = fill(said, new(
            By: parse.GetValue(_by) ?? "",
            Person: extra == Extra.Person ? parse.GetValue(_person) ?? "" : "",
            Reason: extra == Extra.Reason ? parse.GetValue(_reason) ?? "" : "",
            Override: extra == Extra.Override ? parse.GetValue(_override) ?? "" : "",
            Corrects: extra == Extra.Note ? parse.GetValue(_corrects) ?? "" : "",
            Decision: extra == Extra.Note && parse.GetValue(_decision),
            Services: extra == Extra.Part ? parse.GetValue(_services) : null,
            Pages: extra == Extra.Part ? parse.GetValue(_pages) : null));
        return run.Server.PostAsync<IncidentView>($"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}/{door(said)}", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(IncidentView answer, CommandRun run)
    {
        run.Screen.MarkupLineInterpolated($"[bold]{answer.Name} {answer.Severity} {answer.Title}[/]");
        run.Screen.WriteLine(IncidentWords.State(answer));
    }
}
