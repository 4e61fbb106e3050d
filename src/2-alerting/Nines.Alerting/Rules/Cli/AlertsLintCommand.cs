using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Rules.Cli;

/// <summary><c>nines alerts lint</c>.</summary>
internal sealed class AlertsLintCommand : CliCommand
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
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await run.Server.GetAsync<LintFinding[]>("/api/v1/alerts/lint", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json) run.WriteJson(answer.Value);
        foreach (var group in answer.Value.GroupBy(f => (f.Rule, f.RuleText)).OrderBy(g => g.Key.Rule))
        {
            run.Screen.WriteLine($"{group.Key.Rule}. {group.Key.RuleText}");
            foreach (var finding in group) run.Screen.WriteLine($"   {finding.Subject} {finding.Name}: {finding.What} {finding.Remedy}");
        }

        if (answer.Value.Length == 0) run.Screen.WriteLine("All six rules hold.");
        return answer.Value.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
