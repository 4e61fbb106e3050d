using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo show NAME</c>: one objective in words.</summary>
internal sealed class SloShowCommand : AskCommand<ObjectiveStatus>
{
    private readonly Argument<string> _name = new("name") { Description = "The objective" };

    public override string Path => "slo show";

    public override string Summary => "Shows one objective: budget, burn, alerts, when it will be gone.";

    public override string Example => "nines slo show checkout-availability --json";

    public override Permission Permission => Permission.Read("objectives");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    protected override Task<Outcome<ObjectiveStatus>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<ObjectiveStatus>(SloWords.PathOf(parse.GetValue(_name)!), run.Stop);

    protected override void Show(ObjectiveStatus status, CommandRun run)
    {
        var (screen, now) = (run.Screen, run.Clock.Now());
        screen.MarkupLineInterpolated($"[bold]{status.Name}[/] ({status.Service}): {SloWords.Answer(status, now)}");
        screen.MarkupLineInterpolated($"Target {Figures.Target(status.Target)} over {Figures.Window(status.Window)}; measured {Figures.Ratio(status.Sli)} of {Figures.Rounded(status.Total)}.");
        var burn = new Table().Border(TableBorder.Simple).AddColumns("window", "burn", "");
        foreach (var window in status.Burn) burn.AddRow(window.Window, window.Rate is { } rate ? Figures.Burn(rate) : "no events", window.Partial ? "partial" : "");
        screen.Write(burn);
        if (status.Members is { } members) Show(members, screen);
        foreach (var alert in status.Alerts.Where(a => a.State != AlertPhase.Ok))
            screen.MarkupLineInterpolated($"{alert.Severity.ToString().ToLowerInvariant()} {alert.State.ToString().ToLowerInvariant()} since {SloWords.Time(alert.Since!.Value)}, {Times.Relative(alert.Since.Value, now)}: {alert.Reason}");
        foreach (var finding in status.Findings) screen.MarkupLineInterpolated($"[yellow]finding[/] {finding}");
    }

    private static void Show(IReadOnlyList<MemberStatus> members, IAnsiConsole screen)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("member", "weight", "burn 1h", "of all", "spent", "");
        foreach (var m in members)
            table.AddRow(
                Markup.Escape(m.Objective), SloWords.Weight(m.Weight), m.Burn is { } burn ? Figures.Burn(burn) : "no events", Figures.Percent(m.Share, 0),
                Figures.Percent(m.Spent), m.SilentSince is { } since ? "silent since " + SloWords.Time(since) : "");
        screen.Write(table);
    }
}
