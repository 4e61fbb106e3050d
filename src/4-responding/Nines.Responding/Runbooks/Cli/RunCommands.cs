using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.Runbooks.Api;
using Nines.Shell;

namespace Nines.Responding.Runbooks.Cli;

/// <summary><c>nines runbook runs</c>.</summary>
internal sealed class RunListCommand : ListCommand<RunView>
{
    /// <inheritdoc />
    public override string Path => "runbook runs";

    /// <inheritdoc />
    public override string Summary => "Lists runs of runbooks: the open ones, then the newest.";

    /// <inheritdoc />
    public override string Example => "nines runbook runs state:open";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("runbooks");

    /// <inheritdoc />
    protected override string Door => "/api/v1/runs";

    /// <inheritdoc />
    protected override string Empty => "No run.";

    /// <inheritdoc />
    protected override TextTable Table(RunView[] rows)
    {
        var table = new TextTable().Column("run").Column("state").Column("runbook").Column("title", cut: true).Column("incident", drop: 1).Column("by", drop: 2).Column("began", drop: 3);
        foreach (var row in rows) table.Row(row.Name, row.State, row.Runbook, row.Title, row.IncidentName, row.By, $"{row.StartedAt:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}

/// <summary><c>nines runbook run</c>.</summary>
internal sealed class RunStartCommand : AskCommand<RunView>
{
    private readonly Argument<string> _runbook = new("runbook") { Description = "Its name" };
    private readonly Option<string> _incident = new("--incident") { Description = "The incident that it belongs to" };
    private readonly Option<string> _alert = new("--alert") { Description = "The alert that it is about, by id" };
    private readonly Option<string> _page = new("--page") { Description = "The page that it is about" };
    private readonly Option<string[]> _labels = new("--label") { Description = "A value that its actions need: name=value", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "runbook run";

    /// <inheritdoc />
    public override string Summary => "Begins to go through a runbook, step by step.";

    /// <inheritdoc />
    public override string Example => "nines runbook run payments-errors --incident INC-12";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("runbooks");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_runbook);
        foreach (var option in (Option[])[_incident, _alert, _page, _labels, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<RunView>(
        "/api/v1/runs",
        new RunbooksApi.Asked(
            Runbook: parse.GetValue(_runbook)!,
            Incident: parse.GetValue(_incident) ?? "",
            Alert: parse.GetValue(_alert) ?? "",
            Page: parse.GetValue(_page) ?? "",
            By: parse.GetValue(_by) ?? "",
            Labels: (parse.GetValue(_labels) ?? []).Select(l => l.Split('=', 2)).GroupBy(l => l[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().ElementAtOrDefault(1) ?? "", StringComparer.Ordinal)),
        run.Stop);

    /// <inheritdoc />
    protected override void Show(RunView answer, CommandRun run) => RunWords.Write(answer, run.Screen);
}

/// <summary>A command that does one thing with a run and says where it stands then: <c>nines runbook step</c> and its like.</summary>
internal sealed class RunActionCommand(
    string path, string summary, string example, string door, string? word, string wordIs, string? rest, string restIs, Permission permission, Func<RunbooksApi.Asked, string, string, RunbooksApi.Asked> fill) : AskCommand<RunView>
{
    private readonly Argument<string> _run = new("run") { Description = "Number or id" };
    private readonly Argument<string> _word = new(word ?? "word") { Description = wordIs };
    private readonly Argument<string> _rest = new(rest ?? "rest") { Description = restIs, DefaultValueFactory = _ => "" };
    private readonly Option<string> _step = new("--step") { Description = "Only where the run is still at this step" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <summary>Every action.</summary>
    public static IReadOnlyList<RunActionCommand> All { get; } =
    [
        new("runbook step", "Says what came of the current step.", "nines runbook step RUN-3 unexpected \"v2.41.0 went out at 02:58\"", "steps",
            "outcome", "expected, unexpected, skipped or failed", "observed", "What you saw", Permission.Write("runbooks"), (a, w, r) => a with { Outcome = w, Observed = r }),
        new("runbook approve", "Lets Nines do the current step.", "nines runbook approve RUN-3 --step health", "approve", null, "", null, "", Permission.Write("runner"), (a, _, _) => a),
        new("runbook choose", "Chooses what stops the bleeding.", "nines runbook choose RUN-3 roll-back", "choose", "option", "Its key or name", null, "", Permission.Write("runbooks"), (a, w, _) => a with { Option = w }),
        new("runbook finish", "Ends a run: it helped, or it did not.", "nines runbook finish RUN-3 yes", "finish",
            "helped", "yes or no", "note", "What was missing, or what to remember", Permission.Write("runbooks"), (a, w, r) => a with { Helped = w switch { "yes" or "true" => true, "no" or "false" => false, _ => null }, Note = r }),
        new("runbook abandon", "Gives a run up; what Nines does for it stops.", "nines runbook abandon RUN-3 \"It was the other one\"", "abandon", "reason", "Why", null, "", Permission.Write("runbooks"), (a, w, _) => a with { Reason = w }),
    ];

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => permission;

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_run);
        if (word is not null) command.Arguments.Add(_word);
        if (rest is not null) command.Arguments.Add(_rest);
        if (door is "steps" or "approve") command.Options.Add(_step);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var asked = new RunbooksApi.Asked(By: parse.GetValue(_by) ?? "", Step: door is "steps" or "approve" ? parse.GetValue(_step) ?? "" : "");
        return run.Server.PostAsync<RunView>(
            $"/api/v1/runs/{Uri.EscapeDataString(parse.GetValue(_run)!)}/{door}", fill(asked, word is null ? "" : parse.GetValue(_word)!, rest is null ? "" : parse.GetValue(_rest) ?? ""), run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(RunView answer, CommandRun run) => RunWords.Write(answer, run.Screen);
}
