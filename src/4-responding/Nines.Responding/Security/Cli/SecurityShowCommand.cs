using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security show</c>.</summary>
internal sealed class SecurityShowCommand : AskCommand<SecurityView>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "security show";

    /// <inheritdoc />
    public override string Summary => "Shows one case: deadlines, playbook, evidence, who read it. That you read it is written down.";

    /// <inheritdoc />
    public override string Example => "nines security show SEC-1";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_case);

    /// <inheritdoc />
    protected override Task<Outcome<SecurityView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<SecurityView>($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(SecurityView answer, CommandRun run) => SecurityScreenWords.Write(answer, run.Screen, run.Clock.Now());
}
