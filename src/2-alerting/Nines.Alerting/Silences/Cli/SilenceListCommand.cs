using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines alerts silence list</c>.</summary>
internal sealed class SilenceListCommand : CliCommand
{
    /// <inheritdoc />
    public override string Path => "alerts silence list";

    /// <inheritdoc />
    public override string Summary => "Lists silences with what they hold back.";

    /// <inheritdoc />
    public override string Example => "nines alerts silence list";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("silences");

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var answer = await run.Server.GetAsync<SilenceView[]>("/api/v1/silences", run.Stop);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json) run.WriteJson(answer.Value);
        else Show(answer.Value, run.Screen);
        return ExitCode.Done;
    }

    private static void Show(SilenceView[] silences, IAnsiConsole screen)
    {
        if (silences.Length == 0)
        {
            screen.WriteLine("No silence.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("state", "matchers", "until", "owner", "holds back", "id");
        foreach (var s in silences)
            table.AddRow(s.State, Markup.Escape(string.Join(' ', s.Matchers)), $"{s.EndsAt:yyyy-MM-dd HH:mm:ss}Z", Markup.Escape(s.Owner), $"{s.Holds}", s.Id);
        screen.Write(table);
    }
}
