using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines silence end</c>, formerly <c>nines alerts silence end</c>.</summary>
internal sealed class SilenceEndCommand(string path) : AskCommand<SilenceEnded>
{
    private readonly Argument<string> _id = new("id") { Description = "The silence" };

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => "Ends a silence now; what it held back and still fires is told.";

    /// <inheritdoc />
    public override string Example => $"nines {path} 01kahz3v9v2m5c1r8t7w0x4y6z";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("silences");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_id);

    /// <inheritdoc />
    protected override Task<Outcome<SilenceEnded>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.SendAsync<SilenceEnded>(new(HttpMethod.Delete, $"/api/v1/silences/{Uri.EscapeDataString(parse.GetValue(_id)!)}"), run.Stop);

    /// <inheritdoc />
    protected override void Show(SilenceEnded answer, CommandRun run) => run.Screen.WriteLine($"Silence {answer.Id} ended.");
}
