using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Rules.Cli;

/// <summary><c>nines alerts lint</c>.</summary>
internal sealed class AlertsLintCommand : AskCommand<LintFinding[]>
{
    /// <inheritdoc />
    public override string Path => "alerts lint";

    /// <inheritdoc />
    public override string Summary => "Holds every objective and rule against the six rules of good alerts; exits 1 where one is broken.";

    /// <inheritdoc />
    public override string Example => "nines alerts lint --json";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("rules");

    /// <inheritdoc />
    protected override Task<Outcome<LintFinding[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<LintFinding[]>("/api/v1/alerts/lint", run.Stop);

    /// <inheritdoc />
    protected override int CodeOf(LintFinding[] answer) => answer.Length == 0 ? ExitCode.Done : ExitCode.Failed;

    /// <inheritdoc />
    protected override void Show(LintFinding[] answer, CommandRun run)
    {
        foreach (var group in answer.GroupBy(f => (f.Rule, f.RuleText)).OrderBy(g => g.Key.Rule))
        {
            run.Screen.WriteLine($"{group.Key.Rule}. {group.Key.RuleText}");
            foreach (var finding in group) run.Screen.WriteLine($"   {finding.Subject} {finding.Name}: {finding.What} {finding.Remedy}");
        }

        if (answer.Length == 0) run.Screen.WriteLine("All six rules hold.");
    }
}
