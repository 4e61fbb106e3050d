using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Incidents.Cli;

/// <summary><c>nines incident declare</c>.</summary>
internal sealed class IncidentDeclareCommand : AskCommand<IncidentView>
{
    private readonly Argument<string> _title = new("title") { Description = "What is wrong; nothing for the page's own words", DefaultValueFactory = _ => "" };
    private readonly Option<string> _severity = new("--severity") { Description = "sev1 to sev4; left out, it follows from the impact" };
    private readonly Option<string> _function = new("--function") { Description = "What does not work: core, degraded, nonCore or cosmetic" };
    private readonly Option<string> _users = new("--users") { Description = "How many feel it: one, few (under a quarter), many or all" };
    private readonly Option<string[]> _triggers = new("--trigger") { Description = "dataLoss, personalData, revenue or slaBreach", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _services = new("--service") { Description = "Whose users feel it", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _page = new("--page") { Description = "The page that it is about" };
    private readonly Option<string> _alert = new("--alert") { Description = "The alert that it is about" };
    private readonly Option<bool> _drill = new("--drill") { Description = "An exercise: it counts in no figure" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "incident declare";

    /// <inheritdoc />
    public override string Summary => "Declares an incident: its severity follows from the impact, its first lines from what the house knows.";

    /// <inheritdoc />
    public override string Example => "nines incident declare \"Card payments fail\" --service payments --function core --users few";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_title);
        foreach (var option in (Option[])[_severity, _function, _users, _triggers, _services, _page, _alert, _drill, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<IncidentView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<IncidentView>(
        "/api/v1/incidents",
        new
        {
            title = parse.GetValue(_title) ?? "",
            severity = parse.GetValue(_severity) ?? "",
            function = parse.GetValue(_function) ?? "",
            users = parse.GetValue(_users) ?? "",
            triggers = parse.GetValue(_triggers) ?? [],
            services = parse.GetValue(_services) ?? [],
            page = parse.GetValue(_page) ?? "",
            alert = parse.GetValue(_alert) ?? "",
            drill = parse.GetValue(_drill),
            by = parse.GetValue(_by) ?? "",
        },
        run.Stop);

    /// <inheritdoc />
    protected override void Show(IncidentView answer, CommandRun run) => IncidentWords.Write(answer, run.Screen);
}
