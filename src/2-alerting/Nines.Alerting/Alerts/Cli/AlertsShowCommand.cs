using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines alerts show</c>: one alert and why it went where it went.</summary>
internal sealed class AlertsShowCommand : AskCommand<AlertView>
{
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
        screen.WriteLine(alert.Title);
        screen.WriteLine(alert.Reason);
        screen.WriteLine();
        screen.WriteLine($"state     {alert.State}{(alert.SilencedBy.Length > 0 ? $" by {alert.SilencedBy}" : "")}");
        screen.WriteLine($"severity  {alert.Severity.Word()}");
        screen.WriteLine($"started   {alert.StartedAt:yyyy-MM-dd HH:mm:ss}Z");
        if (alert.EndedAt is { } ended) screen.WriteLine($"ended     {ended:yyyy-MM-dd HH:mm:ss}Z");
        screen.WriteLine($"labels    {alert.Labels}");
        // An address on the server itself is a path: a terminal needs all of it.
        foreach (var (name, value) in alert.Annotations) screen.WriteLine($"{name,-9} {(value.StartsWith('/') ? new Uri(run.Server.Address, value) : value)}");
        screen.WriteLine();
        screen.WriteLine("Why it went there:");
        foreach (var verdict in alert.Trail ?? [])
            screen.WriteLine($"  {verdict.At:HH:mm:ss}Z  {verdict.Stage.ToString().ToLowerInvariant(),-8} {verdict.Outcome,-9} {verdict.Reason}");
    }
}
