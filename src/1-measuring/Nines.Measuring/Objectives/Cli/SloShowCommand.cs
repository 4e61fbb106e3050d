using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo show NAME</c>: one objective in words.</summary>
internal sealed class SloShowCommand : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The objective" };

    public override string Path => "slo show";

    public override string Summary => "Shows one objective: budget, burn, alerts, when it will be gone.";

    public override string Example => "nines slo show checkout-availability --json";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await run.Server.GetAsync<ObjectiveStatus>($"/api/v1/objectives/{Uri.EscapeDataString(parse.GetValue(_name)!)}", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        var status = answer.Value;
        if (run.Json)
        {
            run.WriteJson(status);
            return ExitCode.Done;
        }

        run.Screen.MarkupLineInterpolated($"[bold]{status.Name}[/] ({status.Service}): {SloWords.Answer(status)}");
        run.Screen.MarkupLineInterpolated($"Target {SloWords.Percent(status.Target)} over {status.Window}; measured {SloWords.Percent(status.Sli)} of {status.Total:N0}.");
        var burn = new Table().Border(TableBorder.Simple).AddColumns("window", "burn", "");
        foreach (var window in status.Burn) burn.AddRow(window.Window, window.Rate is { } rate ? $"{rate:0.##}" : "no events", window.Partial ? "partial" : "");
        run.Screen.Write(burn);
        foreach (var alert in status.Alerts.Where(a => a.State != AlertPhase.Ok))
            run.Screen.MarkupLineInterpolated($"{alert.Severity.ToString().ToLowerInvariant()} {alert.State.ToString().ToLowerInvariant()} since {alert.Since}: {alert.Reason}");
        foreach (var finding in status.Findings) run.Screen.MarkupLineInterpolated($"[yellow]finding[/] {finding}");
        return ExitCode.Done;
    }
}
