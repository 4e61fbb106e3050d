using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Integrations.Cli;

/// <summary><c>nines integration show</c>: what to write at the sender.</summary>
internal sealed class IntegrationShowCommand : AskCommand<IntegrationView>
{
    private readonly Argument<string> _name = new("name") { Description = "The integration" };

    /// <inheritdoc />
    public override string Path => "integration show";

    /// <inheritdoc />
    public override string Summary => "Shows one sender of alerts, and what to write at its side.";

    /// <inheritdoc />
    public override string Example => "nines integration show backup";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("integrations");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_name);

    /// <inheritdoc />
    protected override Task<Outcome<IntegrationView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<IntegrationView>($"/api/v1/integrations/{Uri.EscapeDataString(parse.GetValue(_name)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(IntegrationView answer, CommandRun run)
    {
        run.Screen.WriteLine($"{answer.Title} ({answer.Kind}){(answer.Key.Length > 0 ? $", its key is in {answer.Key}" : ", without a key")}");
        run.Screen.WriteLine($"{answer.Open} open, {answer.Received} received{(answer.LastAt is { } at ? $", last at {at:yyyy-MM-dd HH:mm:ss}Z" : "")}, {answer.Refused} refused{(answer.LastRefusal.Length > 0 ? $": {answer.LastRefusal}" : "")}");
        run.Screen.WriteLine();
        run.WriteRaw(answer.Paste + "\n");
    }
}
