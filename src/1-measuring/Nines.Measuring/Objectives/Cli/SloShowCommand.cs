using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines slo show NAME</c>: one objective in words.</summary>
internal sealed class SloShowCommand : AskCommand<ObjectiveStatus>
{
    private const int WordWidth = 8;

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
        screen.WriteLine();
        var burn = new TextTable().Column("window", right: true).Column("burn", right: true).Column("");
        foreach (var window in status.Burn) burn.Row(Figures.Window(window.Window), window.Rate is { } rate ? Figures.Burn(rate) : "no events", TextCell.Of(window.Partial ? "partial" : ""));
        burn.Write(screen);
        screen.WriteLine();
        if (status.Members is { } members) Show(members, screen);
        foreach (var alert in status.Alerts.Where(a => a.State != AlertPhase.Ok))
            Hanging.Write(screen, alert.Severity.ToString().ToLowerInvariant(), $"{alert.State.ToString().ToLowerInvariant()} since {SloWords.Time(alert.Since!.Value)}, {Times.Relative(alert.Since.Value, now)}: {alert.Reason}", WordWidth, TextCell.Of(alert.Severity.ToString().ToLowerInvariant()).Colour);
        foreach (var finding in status.Findings) Hanging.Write(screen, "finding", finding, WordWidth, "yellow");
    }

    private static void Show(IReadOnlyList<MemberStatus> members, IAnsiConsole screen)
    {
        var table = new TextTable().Column("member", cut: true).Column("weight", right: true, drop: 1).Column("burn 1h", right: true).Column("of all", right: true).Column("spent", right: true).Column("");
        foreach (var m in members)
            table.Row(
                m.Objective, SloWords.Weight(m.Weight), m.Burn is { } burn ? Figures.Burn(burn) : "no events", Figures.Percent(m.Share, 0),
                Figures.Percent(m.Spent), m.SilentSince is { } since ? "silent since " + SloWords.Time(since) : "");
        table.Write(screen);
        screen.WriteLine();
    }
}
