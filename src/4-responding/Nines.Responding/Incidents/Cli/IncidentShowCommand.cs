using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Incidents.Cli;

/// <summary><c>nines incident show</c>.</summary>
internal sealed class IncidentShowCommand : AskCommand<IncidentView>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "incident show";

    /// <inheritdoc />
    public override string Summary => "Shows one incident: where it stands, what it cost, who does what, and what happened.";

    /// <inheritdoc />
    public override string Example => "nines incident show INC-12";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_incident);

    /// <inheritdoc />
    protected override Task<Outcome<IncidentView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<IncidentView>($"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(IncidentView answer, CommandRun run) => IncidentWords.Write(answer, run.Screen);
}
