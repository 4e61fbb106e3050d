using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines route test</c>: why does this go there?</summary>
internal sealed class RouteTestCommand : AskCommand<RouteTrialAnswer>
{
    private const int BranchWidth = 24;
    private const int StageWidth = 20;

    private readonly Option<string[]> _labels = new("--label", "-l") { Description = "A label of the alert, name=value; may be repeated", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _alert = new("--alert") { Description = "Id or fingerprint of an alert that is known" };

    /// <inheritdoc />
    public override string Path => "route test";

    /// <inheritdoc />
    public override string Summary => "Says where an alert goes and why: each branch, and what each stage would say now. Writes nothing.";

    /// <inheritdoc />
    public override string Example => "nines route test --label alertname=HighErrorRate --label service=checkout --label severity=critical";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("alerts");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_labels);
        command.Options.Add(_alert);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<RouteTrialAnswer>> AskAsync(ParseResult parse, CommandRun run)
    {
        var (labels, alert) = (parse.GetValue(_labels) ?? [], parse.GetValue(_alert));
        if (labels.Length == 0 && alert is null) return Problem.Invalid("Nothing is to be tested.", "Give --label name=value, once for each label, or --alert ID.", "--label");
        var query = alert is not null ? $"alert={Uri.EscapeDataString(alert)}" : string.Join('&', labels.Select(l => $"label={Uri.EscapeDataString(l)}"));
        return await run.Server.GetAsync<RouteTrialAnswer>($"/api/v1/routes/test?{query}", run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(RouteTrialAnswer answer, CommandRun run)
    {
        var screen = run.Screen;
        screen.WriteLine(answer.Labels.ToString());
        foreach (var found in answer.Found) screen.WriteLine(found);
        screen.WriteLine();
        screen.WriteLine("The tree:");
        foreach (var step in answer.Steps)
            Hanging.Write(screen, $"  {new string(' ', step.Depth * 2)}{(step.Outcome == "takes" ? "* " : "  ")}{step.Branch}".PadRight(BranchWidth), $"{step.Outcome}: {step.Reason}", BranchWidth + 1);
        foreach (var route in answer.Routes)
        {
            screen.WriteLine();
            screen.MarkupLineInterpolated($"[bold]{route.Route}[/]: {(route.Told ? "somebody is told" : "nobody is told")}, {(route.Escalation.Length > 0 ? $"by the policy {route.Escalation}" : route.Service.Length > 0 ? $"as {route.Service} says" : "as whoever owns Nines")}.");
            screen.WriteLine($"  group {route.Group}, wait {route.Wait}, interval {route.Interval}, repeat {route.Repeat ?? "never"}");
            foreach (var verdict in route.Trail)
                Hanging.Write(screen, $"  {verdict.Stage.ToString().ToLowerInvariant(),-9}{(verdict.Stage == Stage.Route ? "taken" : verdict.Outcome)}".PadRight(StageWidth), verdict.Reason, StageWidth + 1);
        }
    }
}
