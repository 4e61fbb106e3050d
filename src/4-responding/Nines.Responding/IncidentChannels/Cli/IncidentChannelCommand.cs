using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.IncidentChannels.Cli;

/// <summary><c>nines incident channel</c>.</summary>
internal sealed class IncidentChannelCommand : AskCommand<IncidentChannel>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "incident channel";

    /// <inheritdoc />
    public override string Summary => "Opens a channel for an incident in the chat; severe ones have theirs by themselves.";

    /// <inheritdoc />
    public override string Example => "nines incident channel INC-12";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_incident);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<IncidentChannel>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<IncidentChannel>($"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}/channel", new { by = parse.GetValue(_by) ?? "" }, run.Stop);

    /// <inheritdoc />
    protected override void Show(IncidentChannel answer, CommandRun run) => run.Screen.WriteLine(answer.IsOpen ? $"#{answer.Name} is open." : $"#{answer.Name} is being opened.");
}
