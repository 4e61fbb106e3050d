using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.Remediation.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Remediation.Cli;

/// <summary><c>nines remediation list</c>.</summary>
internal sealed class RemediationListCommand : AskCommand<RemediationView>
{
    /// <inheritdoc />
    public override string Path => "remediation list";

    /// <inheritdoc />
    public override string Summary => "Lists rules with what they may do and the arithmetic behind it.";

    /// <inheritdoc />
    public override string Example => "nines remediation list";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("remediation");

    /// <inheritdoc />
    protected override Task<Outcome<RemediationView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<RemediationView>("/api/v1/remediation", run.Stop);

    /// <inheritdoc />
    protected override void Show(RemediationView answer, CommandRun run) => RemediationWords.Write(answer, run.Screen);
}

/// <summary><c>nines remediation show</c>.</summary>
internal sealed class RemediationShowCommand : AskCommand<RuleView>
{
    private readonly Argument<string> _rule = new("rule") { Description = "Its name" };

    /// <inheritdoc />
    public override string Path => "remediation show";

    /// <inheritdoc />
    public override string Summary => "Shows one rule: what triggers it, what it does, how far it is trusted and why.";

    /// <inheritdoc />
    public override string Example => "nines remediation show pod-crash-loop";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("remediation");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_rule);

    /// <inheritdoc />
    protected override Task<Outcome<RuleView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<RuleView>($"/api/v1/remediation/{Uri.EscapeDataString(parse.GetValue(_rule)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(RuleView answer, CommandRun run) => RemediationWords.Write(answer, run.Screen);
}

/// <summary><c>nines remediation log</c>.</summary>
internal sealed class RemediationLogCommand : ListCommand<RemedyView>
{
    /// <inheritdoc />
    public override string Path => "remediation log";

    /// <inheritdoc />
    public override string Summary => "Lists what rules proposed and did: the open ones, then the newest.";

    /// <inheritdoc />
    public override string Example => "nines remediation log state:proposed";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("remediation");

    /// <inheritdoc />
    protected override string Door => "/api/v1/remedies";

    /// <inheritdoc />
    protected override string Empty => "No rule has proposed anything.";

    /// <inheritdoc />
    protected override TextTable Table(RemedyView[] rows)
    {
        var table = new TextTable().Column("remedy").Column("state").Column("rule").Column("target", cut: true).Column("does", drop: 1, cut: true).Column("proposed", drop: 2);
        foreach (var row in rows) table.Row(row.Name, row.State.ToString().ToLowerInvariant(), row.Rule, row.Target, row.Action, $"{row.ProposedAt:yyyy-MM-dd HH:mm}Z");
        return table;
    }
}

/// <summary><c>nines remediation try</c>.</summary>
internal sealed class RemediationTryCommand : AskCommand<RemedyView>
{
    private readonly Argument<string> _remedy = new("remedy") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "remediation try";

    /// <inheritdoc />
    public override string Summary => "Shows one try of a rule: what was done, step by step, with what was expected and what came out.";

    /// <inheritdoc />
    public override string Example => "nines remediation try REM-4";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("remediation");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_remedy);

    /// <inheritdoc />
    protected override Task<Outcome<RemedyView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<RemedyView>($"/api/v1/remedies/{Uri.EscapeDataString(parse.GetValue(_remedy)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(RemedyView answer, CommandRun run) => RemediationWords.Write(answer, run.Screen);
}

/// <summary><c>nines remediation examples</c>: needs no server.</summary>
internal sealed class RemediationExamplesCommand : CliCommand
{
    /// <inheritdoc />
    public override string Path => "remediation examples";

    /// <inheritdoc />
    public override string Summary => "Prints four rules to begin with: crash loops, full disks, exhausted pools, expiring certificates.";

    /// <inheritdoc />
    public override string Example => "nines remediation examples > remediation.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Nothing;

    /// <inheritdoc />
    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        if (run.Json) run.WriteJson(RemediationExamples.Text.Split("---\n", StringSplitOptions.None));
        else run.WriteRaw(RemediationExamples.Text);
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary><c>nines remediation approve</c> and <c>reject</c>.</summary>
internal sealed class RemedyActionCommand(string door, string summary, string example, bool reasoned, Permission permission) : AskCommand<RemedyView>
{
    private readonly Argument<string> _remedy = new("remedy") { Description = "Number or id" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why", Required = reasoned };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <summary>Both.</summary>
    public static IReadOnlyList<RemedyActionCommand> All { get; } =
    [
        new("approve", "Lets Nines do what a rule proposes.", "nines remediation approve REM-4", false, Permission.Write("runner")),
        new("reject", "Says no to what a rule proposes; it does not ask again about this alert.", "nines remediation reject REM-4 --reason \"it is a deploy\"", true, Permission.Write("remediation")),
    ];

    /// <inheritdoc />
    public override string Path => "remediation " + door;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => permission;

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_remedy);
        if (reasoned) command.Options.Add(_reason);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RemedyView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<RemedyView>(
        $"/api/v1/remedies/{Uri.EscapeDataString(parse.GetValue(_remedy)!)}/{door}", new RemediationApi.Asked(parse.GetValue(_by) ?? "", "", reasoned ? parse.GetValue(_reason) ?? "" : ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(RemedyView answer, CommandRun run) => run.Screen.WriteLine($"{answer.Name} {answer.Rule} on {answer.Target}: {answer.State.ToString().ToLowerInvariant()}. {answer.Action}");
}

/// <summary><c>nines remediation stop</c> and <c>start</c>.</summary>
internal sealed class RemediationStopCommand(bool stops) : AskCommand<RemediationView>
{
    private readonly Option<string> _rule = new("--rule") { Description = "Only this rule; left out, all" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why", Required = stops };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => stops ? "remediation stop" : "remediation start";

    /// <inheritdoc />
    public override string Summary => stops ? "Stops all remediation, or one rule; what is under way ends." : "Lets remediation, or one rule, go on.";

    /// <inheritdoc />
    public override string Example => stops ? "nines remediation stop --reason \"we deploy by hand tonight\"" : "nines remediation start";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("remediation");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_rule);
        if (stops) command.Options.Add(_reason);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RemediationView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<RemediationView>(
        stops ? "/api/v1/remediation/stop" : "/api/v1/remediation/start", new RemediationApi.Asked(parse.GetValue(_by) ?? "", parse.GetValue(_rule) ?? "", stops ? parse.GetValue(_reason) ?? "" : ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(RemediationView answer, CommandRun run) => RemediationWords.Write(answer, run.Screen);
}

/// <summary>Rules on a terminal.</summary>
internal static class RemediationWords
{
    private const int Width = 12;

    public static void Write(RemediationView all, IAnsiConsole screen)
    {
        if (all.Stopped.Length > 0) Hanging.Write(screen, "stopped", all.Stopped, Width, "yellow");
        if (all.Rules.Count == 0) screen.WriteLine("No rule. Begin with \"nines remediation examples\".");
        foreach (var rule in all.Rules) Hanging.Write(screen, RemedyTrust.Word(rule.Level), $"{rule.Name}: {rule.Trust}", Width);
    }

    public static void Write(RemedyView remedy, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{remedy.Name} {remedy.Rule} on {remedy.Target}[/]");
        foreach (var (word, text) in new[] { ("state", remedy.State.ToString().ToLowerInvariant()), ("action", remedy.Action), ("reason", remedy.Reason), ("by", remedy.By), ("observed", remedy.Observed) })
            if (text.Length > 0) Hanging.Write(screen, word, text, Width);
        for (var i = 0; i < remedy.Steps.Count; i++)
        {
            var step = remedy.Steps[i];
            Hanging.Write(screen, $"step {i + 1}", $"{step.Text}: {step.Word}{(step.Took is { } took ? $", {FieldDuration.Format(took)}" : "")}", Width);
            Hanging.Write(screen, "does", step.Does, Width);
            Hanging.Write(screen, "expected", step.Expected, Width);
            if (step.Observed.Length > 0) Hanging.Write(screen, "observed", step.Observed, Width);
        }
    }

    public static void Write(RuleView rule, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{rule.Title}[/]");
        foreach (var (word, text) in new[] { ("stopped", rule.Stopped), ("trigger", rule.Trigger), ("condition", rule.Condition), ("action", rule.Action), ("cannot", rule.Cannot), ("gives up", rule.EscalateIf), ("limits", rule.Limits), ("trust", rule.Trust) })
            if (text.Length > 0) Hanging.Write(screen, word, text, Width);
        for (var i = 0; i < rule.Steps.Count; i++) Hanging.Write(screen, $"step {i + 1}", $"{rule.Steps[i].Text}: {rule.Steps[i].Does}; expected: {rule.Steps[i].Expected}", Width);
        foreach (var held in rule.HeldBack) Hanging.Write(screen, "held back", held, Width, "yellow");
    }
}
