using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Learning.Actions.Cli;

/// <summary><c>nines action show</c>.</summary>
internal sealed class ActionShowCommand : AskCommand<ActionView>
{
    private readonly Argument<string> _action = new("action") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "action show";

    /// <inheritdoc />
    public override string Summary => "Shows one action: where it stands, what proves it, what happened.";

    /// <inheritdoc />
    public override string Example => "nines action show AI-3";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("actions");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_action);

    /// <inheritdoc />
    protected override Task<Outcome<ActionView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<ActionView>($"/api/v1/actions/{Uri.EscapeDataString(parse.GetValue(_action)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(ActionView answer, CommandRun run) => ActionPrint.Long(answer, run.Screen);
}
