using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines alerts show</c>: one alert and why it went where it went.</summary>
internal sealed class AlertsShowCommand : AskCommand<AlertView>
{
    private const int FactWidth = 11;
    private const int VerdictWidth = 32;

    private readonly Argument<string> _id = new("id") { Description = "Id or fingerprint" };

    /// <inheritdoc />
    public override string Path => "alerts show";

    /// <inheritdoc />
    public override string Summary => "Shows one alert with the reason of each stage that it went through.";

    /// <inheritdoc />
    public override string Example => "nines alerts show 01kahz3v9v2m5c1r8t7w0x4y6z";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("alerts");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_id);

    /// <inheritdoc />
    protected override Task<Outcome<AlertView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<AlertView>($"/api/v1/alerts/{Uri.EscapeDataString(parse.GetValue(_id)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(AlertView alert, CommandRun run)
    {
        var screen = run.Screen;
        screen.MarkupLineInterpolated($"[bold]{alert.Title}[/]");
        screen.WriteLine(alert.Reason);
        screen.WriteLine();
        foreach (var (name, value) in Facts(alert, run.Server.Address)) Hanging.Write(screen, name.PadRight(FactWidth - 1), value, FactWidth);
        screen.WriteLine();
        screen.WriteLine("Why it went there:");
        foreach (var verdict in alert.Trail ?? [])
            Hanging.Write(screen, $"  {verdict.At:HH:mm:ss}Z  {verdict.Stage.ToString().ToLowerInvariant(),-8} {verdict.Outcome,-9}", verdict.Reason, VerdictWidth);
    }

    private static IEnumerable<(string Name, string Value)> Facts(AlertView alert, Uri server)
    {
        yield return ("state", alert.State + (alert.SilencedBy.Length > 0 ? $" by {alert.SilencedBy}" : ""));
        if (alert.InhibitedBy.Length > 0) yield return ("behind", alert.InhibitedBy);
        if (alert.MutedBy.Length > 0) yield return ("muted by", alert.MutedBy);
        if (alert.AcknowledgedAt is { } taken) yield return ("taken by", $"{alert.AcknowledgedBy} at {taken:HH:mm:ss}Z");
        yield return ("severity", alert.Severity.Word());
        yield return ("route", alert.Route);
        yield return ("started", $"{alert.StartedAt:yyyy-MM-dd HH:mm:ss}Z");
        if (alert.EndedAt is { } ended) yield return ("ended", $"{ended:yyyy-MM-dd HH:mm:ss}Z");
        // An address on the server itself is a path: a terminal needs all of it.
        foreach (var (name, value) in alert.Annotations) yield return (name, value.StartsWith('/') ? new Uri(server, value).ToString() : value);
        yield return ("labels", string.Join(", ", alert.Labels.Pairs.Select(p => $"{p.Key}=\"{p.Value}\"")));
    }
}
